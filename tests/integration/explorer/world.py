"""A small warehouse of which every chart shows something: two sources, one week, one later day."""

WEEK = (
    {
        "id": "flood",
        "title": "Flood in Malawi",
        "source": "Lake Courier",
        "published_on": "2024-03-05",
        "text": "At least 30 people were killed in a flood in Blantyre on 4 March 2024. Norway pledged $40 million in "
        "aid to Malawi on Tuesday. Norway will send engineers to Malawi on 20 March 2024.",
    },
    {
        "id": "flood again",
        "title": "Toll rises in Malawi",
        "source": "Hill Gazette",
        "published_on": "2024-03-07",
        "text": "Rescuers in Malawi counted the dead. A total of 45 people were killed in the flood on 4 March 2024, "
        "the police said. Voters in Zambia go to the polls on 20 March 2024 and the harbour opens in May 2024.",
    },
    {
        "id": "loan",
        "title": "Money goes both ways",
        "source": "Hill Gazette",
        "published_on": "2024-03-08",
        "text": "Malawi gave Norway $5 million in aid in 2021. Canada pledged $90 million in aid to Zambia. A poll "
        "found that 61% of Zambians approve of the president. Lusaka welcomed the news, and so did Blantyre.",
    },
    {"id": "undated", "source": "Lake Courier", "text": "Malawi lies between Zambia and Mozambique."},
)
