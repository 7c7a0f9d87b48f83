"""The codebook of claims: each topic, status and modality with its definition, examples and counter-examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Entry:
    """One value: what it means, where it applies, and where it looks as if it did and does not.

    `subject` and `object` say who plays the role (topics); `iati` and `fts` are the nearest terms of the transaction
    types of IATI 2.03 and of the flows of UN OCHA FTS (statuses of money and goods).
    """

    definition: str
    examples: tuple[str, str]
    counter_examples: tuple[str, str]
    subject: str = ""
    object: str = ""
    iati: str = ""
    fts: str = ""


Codebook = Mapping[str, Entry]

TOPIC: Final[Codebook] = {
    "aid": Entry(
        "help in money, goods or people that one side gives another without return",
        ("Norway sent $40 million to Malawi", "the agency appealed for $900 million for Yemen"),
        (
            "Norway paid $40 million for Polish howitzers (trade)",
            "Norway put $40 million into its own schools (spending)",
        ),
        subject="giver",
        object="receiver; who asks, where nobody gives yet",
    ),
    "spending": Entry(
        "what a government, body or firm spends, plans to spend, cuts, fines or is fined",
        ("the budget gives the coast guard $9 billion", "the regulator fined the bank $50 million"),
        ("the ministry gave Kenya $9 million in relief (aid)", "the bank lost $50 million (economy)"),
        subject="spender or payer; an agency, for its own budget",
        object="receiver; the agency that is given or cut",
    ),
    "trade": Entry(
        "goods, shares or services sold and bought, sums paid for them, debts between partners",
        ("Chile sold copper worth $2 billion to Japan", "the airline agreed to buy 30 percent of its rival"),
        ("Chile gave Haiti $2 billion (aid)", "copper cost $6,000 a tonne (price)"),
        subject="seller; payer, for sums paid; debtor",
        object="buyer; payee; creditor",
    ),
    "casualties": Entry(
        "people killed, injured or missing by violence, accident, disaster or disease",
        ("the raid killed 14 villagers", "nobody was hurt in the fire"),
        ("the raid drove 14 families out (displacement)", "police held 14 villagers (detention)"),
        subject="victims",
        object="perpetrator, where the text names one",
    ),
    "displacement": Entry(
        "people who flee, move, are moved, deported, evacuated, or are hosted after it",
        ("Jordan hosts 650,000 refugees", "40,000 people left the city before the storm"),
        ("40,000 people live in the city (count)", "the storm killed 40 people (casualties)"),
        subject="people who move or are moved",
        object="host, or who drives them out",
    ),
    "detention": Entry(
        "people arrested, held, charged, jailed or kidnapped",
        ("Turkey has arrested 41,000 people", "gunmen kidnapped 43 children"),
        ("41,000 people protested (count)", "gunmen killed 43 children (casualties)"),
        subject="people held",
        object="who holds them",
    ),
    "forces": Entry(
        "soldiers, police, fighters and their units: how many there are, are sent or withdrawn",
        ("Denmark will send 100 soldiers to Mali", "the militia has 3,000 fighters"),
        ("100 soldiers were killed (casualties)", "the militia has 3,000 rifles (weapons)"),
        subject="owner of the forces",
        object="opponent, or whom they help",
    ),
    "weapons": Entry(
        "arms, ammunition, military vehicles, aircraft and ships, and money for them",
        ("the plant delivered 12 jets to the navy", "police found 400 rifles"),
        ("12 airliners were sold to a carrier (trade)", "400 soldiers carried them (forces)"),
        subject="owner or giver",
        object="receiver or target",
    ),
    "poll": Entry(
        "the share or number of people who hold an opinion in a survey",
        ("41% of Americans believe aid is too high", "a survey put the party at 12 percent"),
        ("41% of voters chose her on Sunday (vote)", "41% of the crop was lost (count)"),
        subject="respondents",
        object="actor that the opinion is about",
    ),
    "vote": Entry(
        "votes cast, shares of the vote, seats won, turnout, tallies of chambers",
        ("the bill passed 51-49", "the Greens won 14 seats"),
        ("14 percent would vote for the Greens (poll)", "the chamber has 150 seats (count)"),
        subject="voters or chamber",
        object="candidate, party or person who gets votes or seats",
    ),
    "price": Entry(
        "what something costs, is worth or is charged for",
        ("the bridge would cost $3 billion", "oil rose to $54 a barrel"),
        ("the state spent $3 billion on bridges (spending)", "oil exports brought $54 billion (trade)"),
        subject="thing priced",
        object="buyer",
    ),
    "economy": Entry(
        "output, growth, inflation, unemployment, revenue, profit, damage and other measures of an economy or a firm",
        ("inflation in Spain reached three percent", "the firm's revenue fell to $4 billion"),
        ("Spain spent three percent of output on defence (spending)", "the firm sold a plant for $4 billion (trade)"),
        subject="whose economy",
        object="none",
    ),
    "count": Entry(
        "any other counted thing or share",
        ("coalition jets flew 19,000 sorties", "the law covers 28 members"),
        ("19,000 civilians fled (displacement)", "28 members voted for it (vote)"),
        subject="who did or owns it, else what is counted",
        object="the other side, where there is one",
    ),
}

STATUS: Final[Codebook] = {
    "requested": Entry(
        "asked for, sought, needed; nobody has promised it",
        ("the UN seeks $1.5 billion", "Kyiv asked for 300 tanks"),
        ("donors promised $1.5 billion (pledged)", "the budget foresees 300 tanks (proposed)"),
        iati="none (a budget of status 1, indicative, comes nearest)",
        fts="requirement of a plan or appeal",
    ),
    "proposed": Entry(
        "in a plan, a draft budget or a bill",
        ("the bill would give the agency $2 billion", "the minister proposed a cut of 10 percent"),
        ("parliament passed the $2 billion (approved)", "the minister promised $2 billion (pledged)"),
        iati="budget, status 1 (indicative)",
        fts="none",
    ),
    "pledged": Entry(
        "promised or announced by the one who will give",
        ("Japan pledged $2 billion", "the firm promised 500 generators"),
        ("Japan asked for $2 billion (requested)", "Japan's parliament set $2 billion aside (approved)"),
        iati="12 Outgoing Pledge (13 Incoming Pledge, seen by the receiver)",
        fts="pledge",
    ),
    "approved": Entry(
        "set aside, allocated, signed, ordered, law",
        ("the Biden administration allocating $43.9 billion", "the Senate approved $40 billion"),
        ("the Senate debated $40 billion (proposed)", "$40 billion has arrived (provided)"),
        iati="2 Outgoing Commitment (11 Incoming Commitment)",
        fts="commitment",
    ),
    "provided": Entry(
        "reached the receiver, was delivered or sold",
        ("the US sent $1.35 billion to Egypt", "the plant delivered 12 jets"),
        ("the US will send $1.35 billion (pledged)", "12 jets were ordered (approved)"),
        iati="3 Disbursement",
        fts="paid contribution",
    ),
    "spent": Entry(
        "paid out, seen from the payer",
        ("Germany spent 1.2% of output on defence", "the firm paid $640 million"),
        ("Kenya received $640 million (provided)", "Germany plans to spend 2% (proposed)"),
        iati="4 Expenditure",
        fts="paid contribution",
    ),
    "remaining": Entry(
        "left of an amount, not used or not paid yet",
        ("approximately $5 billion of funding remains", "the firm will pay the remaining $100 million"),
        ("$5 billion was blocked (withheld)", "the firm owes $100 million (owed)"),
        iati="none (commitments less disbursements)",
        fts="none (commitments less paid contributions)",
    ),
    "withheld": Entry(
        "cut, frozen, held back, cancelled",
        ("the board withheld a bonus of $2 million", "Moscow cut supplies by a third"),
        ("the White House proposed a cut of a third (proposed)", "a bonus of $2 million was paid (spent)"),
        iati="none (a negative commitment, where one had been made)",
        fts="none (a cancelled pledge or commitment leaves the flows)",
    ),
    "owed": Entry(
        "a debt, a fine, a duty still to be paid",
        ("Belarus owes $550 million for gas", "the court fined the firm $197 million"),
        ("Belarus paid $550 million (spent)", "Belarus asked for a loan of $550 million (requested)"),
        iati="none (6 Loan Repayment, once it is paid)",
        fts="none",
    ),
    "killed": Entry(
        "dead",
        ("38 people were killed", "the death toll rose to 64"),
        ("38 people were hurt (injured)", "64 casualties (killed_or_injured)"),
    ),
    "injured": Entry(
        "wounded, hurt, or made ill by an attack or accident",
        ("11 others were wounded", "no one was hurt"),
        ("11 were killed or wounded (killed_or_injured)", "11 are still missing (missing)"),
    ),
    "missing": Entry(
        "not found",
        ("60,000 people are missing", "12 sailors are unaccounted for"),
        ("12 sailors were taken hostage (detention)", "60,000 people fled (displacement)"),
    ),
    "killed_or_injured": Entry(
        "both in one number",
        ("891 civilians were killed or injured", "the army suffered 40 casualties"),
        ("40 killed and 12 injured (two claims)", "40 soldiers died (killed)"),
    ),
}

MODALITY: Final[Codebook] = {
    "negated": Entry(
        "the text says that it did not happen or is not so",
        ("no one was hurt", "Athens denied sending $3 million"),
        ("no indication that $3 million was sent (possible)", "few were hurt (asserted)"),
    ),
    "possible": Entry(
        "it may be, might come, depends on a condition, is forecast or doubted",
        ("250 people may have drowned", "if approved, $3 billion would go to the navy"),
        ("the navy will get $3 billion (planned)", "an estimated 250 people drowned (asserted)"),
    ),
    "planned": Entry(
        "it is meant or bound to happen",
        ("about 300 marines would be sent", "Ottawa will give 50 vehicles"),
        ("Ottawa gave 50 vehicles (asserted)", "Ottawa announced an increase of $5 billion (asserted)"),
    ),
    "reported": Entry(
        "the same sentence names a source for it",
        ("12 policemen were killed, officials said", "according to the UN, 400,000 are trapped"),
        ("the minister said the road is safe; 12 died on it (asserted)", "an estimated 400,000 are trapped (asserted)"),
    ),
    "asserted": Entry(
        "the text says it in its own voice",
        ("the raid killed 14 villagers", "Germany spent 1.2% of output on defence"),
        ("the raid killed 14 villagers, the army said (reported)", "Germany will spend 2% (planned)"),
    ),
}

CODEBOOKS: Final[Mapping[str, Codebook]] = {"topic": TOPIC, "status": STATUS, "modality": MODALITY}
"""All codebooks by the column that takes their values."""
