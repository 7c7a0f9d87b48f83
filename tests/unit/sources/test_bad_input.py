import csv
import gzip
import hashlib
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import polars as pl
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.sources import csv_rows, csv_split, items, jsonl, records, streams
from flows.sources.discover import discover
from flows.sources.read import READERS, read_articles
from schemas.contract import stage_schema
from schemas.etl import EtlReject
from schemas.validate import RAW_LENGTH
from tests.unit.sources.reading import read, refused, write

LINE = json.dumps({"id": 1, "text": "An article of one sentence."}).encode() + b"\n"
NOISE = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(125)).replace(b"\0", b"\1")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.parquet", "a.html"])
def test_an_empty_file_is_refused(name: str, tmp_path: Path) -> None:
    batch = read(write(tmp_path, name, b""))
    assert (batch.articles.height, refused(batch)) == (0, [("empty_file", None)])


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.csv.gz", "a.html.gz"])
def test_an_empty_archive_is_refused(name: str, tmp_path: Path) -> None:
    assert refused(read(write(tmp_path, name, gzip.compress(b"")))) == [("empty_file", None)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", ("binary_content", None)),
        ("a.html", ("binary_content", None)),
        ("a.jsonl", ("binary_content", "line 1")),
        ("a.csv", ("binary_content", None)),
        ("a.parquet", ("broken_table", "row 1")),
        ("a.txt.gz", ("broken_archive", None)),
        ("a.txt.zst", ("broken_archive", None)),
    ],
)
def test_a_file_of_nul_bytes_is_refused(name: str, expected: tuple[str, str], tmp_path: Path) -> None:
    batch = read(write(tmp_path, name, bytes(5000)))
    assert (batch.articles.height, refused(batch)) == (0, [expected])


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_bytes_of_no_encoding_are_refused(name: str, tmp_path: Path) -> None:
    [(reason, place)] = refused(read(write(tmp_path, name, NOISE)))
    assert (reason in {"undecodable", "binary_content"}, place) == (True, None)


@pytest.mark.parametrize(
    ("name", "text"), [("a.txt", " \n\t\u00a0\n"), ("b.txt", "Title: T\n\n"), ("c.txt", "\x01\x02")]
)
def test_a_text_of_white_space_is_refused(name: str, text: str, tmp_path: Path) -> None:
    assert refused(read(write(tmp_path, name, text))) == [("empty_text", None)]


BAD_LINES = [
    (b'{"id": 2, "text": "cut in ha', "bad_json"),
    (b'{"id": 2, "text": NaN}', "bad_json"),
    (b'{"id": 2} {"id": 3}', "bad_json"),
    (b"[" * 100_000, "bad_json"),
    (b'{"text": ' * 2000 + b"1" + b"}" * 2000, "bad_json"),
    (b'["text"]', "not_an_object"),
    (b'"text"', "not_an_object"),
    (b'{"id": 2, "title": "x"}', "missing_text"),
    (b'{"id": 2, "text": null}', "missing_text"),
    (b'{"id": 2, "text": ""}', "empty_text"),
    (b'{"id": 2, "text": " \\n\\u0000 "}', "empty_text"),
    (b'{"id": 2, "text": ["x"]}', "bad_type"),
    (b'{"id": 2, "text": 7}', "bad_type"),
    (b'{"id": 2, "text": "' + NOISE.replace(b"\n", b"") + b'"}', "undecodable"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES, ids=[f"{line[:30]!r}" for line, _ in BAD_LINES])
def test_a_bad_line_is_refused_and_the_others_are_read(line: bytes, reason: str, tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.jsonl", LINE + line + b"\n" + LINE.replace(b"1", b"3")))
    assert batch.articles["external_id"].to_list() == ["1", "3"]
    assert refused(batch) == [(reason, "line 2")]
    assert batch.rejects["severity"].to_list() == ["error"]


def test_a_western_line_below_a_utf_8_byte_order_mark_is_decoded_by_itself(tmp_path: Path) -> None:
    lines = [json.dumps({"text": text}, ensure_ascii=False) for text in ("Caf\u00e9 one.", "Caf\u00e9 two.")]
    content = b"\xef\xbb\xbf" + lines[0].encode() + b"\n" + lines[1].encode("latin-1")
    batch = read(write(tmp_path, "a.jsonl", content))
    assert batch.articles["text"].to_list() == ["Caf\u00e9 one.", "Caf\u00e9 two."]
    assert refused(batch) == []


UTF_16 = ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")


@pytest.mark.parametrize(("encoding", "mark"), UTF_16)
def test_a_line_with_a_lone_surrogate_in_utf_16_is_refused(encoding: str, mark: bytes, tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": number, "text": f"Text {number}."}) + "\n" for number in range(3))
    content = mark + lines.replace("t 1", "t \udcdc").encode(encoding, "surrogatepass")
    batch = read(write(tmp_path, "a.jsonl", content))
    assert batch.articles["external_id"].to_list() == ["0", "2"]
    assert refused(batch) == [("undecodable", "line 2")]


def test_an_odd_last_byte_of_lines_in_utf_16_is_refused(tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.jsonl", LINE.decode().encode("utf-16") + b"x"))
    assert batch.articles["external_id"].to_list() == ["1"]
    assert refused(batch) == [("undecodable", "line 2")]


@pytest.mark.parametrize("name", ["undefined", "idna", "hex", "no-such"])
def test_a_page_that_declares_an_encoding_of_no_text_is_decoded_by_detection(name: str, tmp_path: Path) -> None:
    text = "The minister's visit to S\u00e3o Paulo cost more than planned, officials of both countries said on Monday."
    page = f'<html><head><meta charset="{name}"></head><body><article><p>{text}</p></article></body></html>'
    batch = read(write(tmp_path, "a.html", page.encode("latin-1")))
    assert batch.articles["text"].to_list() == [text]


@pytest.mark.parametrize(
    ("error", "reason"),
    [(UnicodeError("no such character"), "undecodable"), (csv.Error("no such row"), "broken_table")],
)
def test_whatever_a_reader_stumbles_over_is_a_reject_and_what_it_read_stands(
    error: Exception, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> Iterator[items.Item]:
        yield items.Record({"text": "An article."})
        raise error

    monkeypatch.setitem(READERS, "text", stumble)
    batch = read(write(tmp_path, "a.txt", "x"))
    assert batch.articles["text"].to_list() == ["An article."]
    assert (refused(batch), batch.rejects["detail"].to_list()) == ([(reason, None)], [str(error)])


def test_one_bad_line_in_a_hundred_thousand_is_one_reject(tmp_path: Path) -> None:
    lines = [b'{"id": %d, "text": "An article."}' % number for number in range(100_000)]
    lines[50_000] = lines[50_000][:-5]
    batch = read(write(tmp_path, "a.jsonl", b"\n".join(lines)))
    assert batch.articles.height == 99_999
    assert refused(batch) == [("bad_json", "line 50001")]


@pytest.mark.parametrize("given", ["yesterday", "2023-02-30", True, {"year": 2023}])
def test_a_bad_date_is_a_warning_and_the_article_is_loaded_without(given: object, tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.jsonl", json.dumps({"id": 1, "text": "A.", "published_on": given})))
    row = batch.articles.row(0, named=True)
    assert (row["published_on"], row["published_at"], row["published_from"]) == (None, None, "none")
    assert batch.rejects.select("severity", "reason", "place", "raw", "article_id").rows() == [
        ("warning", "bad_date", "line 1, published_on", str(given), row["article_id"])
    ]


def test_lone_surrogates_become_replacement_characters_one_for_one(tmp_path: Path) -> None:
    line = rb'{"id": "\udc00", "text": "a\ud800b \ud83d\ude00 \udfff.", "title": "\ud800"}'
    row = read(write(tmp_path, "a.jsonl", line)).articles.row(0, named=True)
    assert (row["text"], row["title"], row["external_id"]) == ("a\ufffdb 😀 \ufffd.", "\ufffd", "\ufffd")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.parquet", "a.html"])
def test_an_article_above_the_limit_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (items, records, streams, csv_rows):
        if hasattr(module, "LARGEST_ARTICLE"):
            monkeypatch.setattr(module, "LARGEST_ARTICLE", 1000)
    path = tmp_path / name
    if name == "a.parquet":
        pl.DataFrame({"text": ["x" * 2000]}).write_parquet(path)
    else:
        write(tmp_path, name, {"a.jsonl": '{"text": "%s"}', "a.csv": "text\n%s\n"}.get(name, "%s") % ("x" * 2000))
    batch = read(path)
    assert (batch.articles.height, batch.rejects["reason"].to_list()) == (0, ["too_large"])


def test_an_article_of_50_mb_is_refused(tmp_path: Path) -> None:
    assert refused(read(write(tmp_path, "a.txt", b"word " * 10_000_000))) == [("too_large", None)]


@pytest.mark.parametrize("blocks", [1, 100])
def test_a_line_above_the_limit_is_refused_and_the_others_are_read(
    blocks: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 5000)
    monkeypatch.setattr(jsonl, "CHUNK", 1 << 20 if blocks == 1 else 100)
    batch = read(write(tmp_path, "a.jsonl", LINE + b'{"text": "' + b"x" * 9000 + b'"}\n' + LINE.replace(b"1", b"3")))
    assert batch.articles["external_id"].to_list() == ["1", "3"]
    assert refused(batch) == [("too_large", "line 2")]


def test_a_csv_without_the_text_column_is_refused(tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.csv", "id,body\n1,x\n"))
    assert refused(batch) == [("missing_column", None)]
    assert "body" in batch.rejects["detail"][0]


def test_a_csv_row_of_wrong_length_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.csv", 'id,text\n1,A.\n2,B.,C.\n\n3\n4,"D."\n'))
    assert batch.articles["external_id"].to_list() == ["1", "4"]
    assert refused(batch) == [("broken_table", "row 2"), ("broken_table", "row 3")]


def csv_of(rows: dict[int, str], quoted: bool = True) -> str:  # noqa: FBT001, FBT002
    """Twenty rows, some of them as given."""
    plain = '%d,"Row %d."' if quoted else "%d,Row %d."
    return "id,text\r\n" + "".join(rows.get(n, plain % (n, n)) + "\r\n" for n in range(1, 21))


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize(
    "row",
    [
        '5,"bad "quote" here"',
        '5,"a 5" pipe"',
        '5,"closed" too early',
        '5,"never closed',
        '5,"He said "No" to us.\r\n\r\nSecond, a paragraph with "quotes" in it.\r\nThird, one without.\r\nThe end."',
        '5,"First.\r\nSecond, as it seems.\r\nHe "said" so.\r\nFourth, and last."',
        '5,"never closed\r\n' + '"broken" again\r\n' * 10 + 'The end."',
        '5,"He said "No".\r\n"Yes," she added, "indeed".\r\nThird, and last."',
    ],
)
def test_a_csv_row_with_broken_quotes_is_one_reject_and_all_others_are_read(
    row: str,
    quoted: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    batch = read(write(tmp_path, "a.csv", csv_of({5: row}, quoted)))
    assert batch.articles.select("external_id", "text").rows() == [
        (str(n), f"Row {n}.") for n in range(1, 21) if n != 5
    ]
    assert refused(batch) == [("broken_table", "row 5, line 6")]
    assert batch.rejects["raw"][0].startswith('5,"')


def test_every_csv_row_with_broken_quotes_is_refused_and_all_others_are_read(tmp_path: Path) -> None:
    rows = {
        3: '3,"a 5" pipe"',
        4: '4,"a 6" pipe"',
        9: '9,"multi\r\nline, ""quoted"""',
        12: '12,"bad "quote""',
        20: '20,"open',
    }
    batch = read(write(tmp_path, "a.csv", csv_of(rows)))
    assert batch.articles["external_id"].to_list() == [str(n) for n in range(1, 21) if n not in {3, 4, 12, 20}]
    assert 'multi\r\nline, "quoted"' in batch.articles["text"].to_list()
    assert [place for _, place in refused(batch)] == [
        "row 3, line 4",
        "row 4, line 5",
        "row 12, line 14",
        "row 20, line 22",
    ]


def test_a_broken_csv_row_is_told_from_rows_only_so_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_split, "LARGEST_ROW", 20)
    batch = read(write(tmp_path, "a.csv", csv_of({5: '5,"never closed', 20: '20,5" wide'}, quoted=False)))
    assert batch.articles.height == 19


@pytest.mark.parametrize(("quoted", "last"), [(True, 19), (False, 21)])
def test_a_csv_that_is_cut_within_a_row_gives_no_row_made_of_its_lines(
    quoted: bool,  # noqa: FBT001
    last: int,
    tmp_path: Path,
) -> None:
    """Where other rows are quoted; where they are not, what could be a row is one."""
    rows = csv_of({20: '20,"A first paragraph.\r\nAnother, as it seems.'}, quoted)
    batch = read(write(tmp_path, "a.csv", rows))
    assert batch.articles.height == last - (not quoted)
    assert refused(batch) == [("broken_table", "row 20, line 21")]


def test_a_csv_whose_first_quote_is_never_closed_is_read_below_it(tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.csv", csv_of({1: '1,"never closed'}, quoted=False)))
    assert batch.articles.height == 19


def test_rows_below_a_broken_one_are_read_up_to_where_an_archive_breaks(tmp_path: Path) -> None:
    noise = "".join(f"{n},{hashlib.sha256(bytes([n % 256])).hexdigest()}\n" for n in range(3, 50_000))
    content = gzip.compress(f'id,text\n1,A.\n2,"a 5" pipe"\n{noise}'.encode())
    batch = read(write(tmp_path, "a.csv.gz", content[:-2000]))
    assert batch.rejects["reason"].to_list() == ["broken_table", "broken_archive"]
    assert batch.articles["external_id"].to_list()[:3] == ["1", "3", "4"]


def test_a_csv_of_broken_quotes_alone_takes_no_longer_than_its_size_asks_for(tmp_path: Path) -> None:
    """In such lines every quote may open a field as well as close one."""
    batch = read(write(tmp_path, "a.csv", "id,text\n" + 'x",",\n' * 20_000))
    assert batch.articles.height == 0
    assert set(batch.rejects["reason"]) == {"broken_table"}
    assert "goes on to line 20001" in batch.rejects["detail"][-1]


def test_a_csv_row_above_the_limit_is_refused_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_split, "LARGEST_ROW", 5000)
    batch = read(write(tmp_path, "a.csv", csv_of({5: '5,"%s"' % ("A line of many.\r\n" * 400)})))
    assert batch.articles.height == 19
    assert batch.rejects["reason"][0] == "too_large"


def test_a_csv_of_a_single_endless_line_is_refused(tmp_path: Path) -> None:
    assert refused(read(write(tmp_path, "a.csv", b"x" * 21_000_000))) == [("too_large", None)]


@pytest.mark.parametrize(("encoding", "mark"), UTF_16)
def test_a_csv_row_with_a_lone_surrogate_in_utf_16_is_refused(encoding: str, mark: bytes, tmp_path: Path) -> None:
    content = mark + csv_of({5: "5,lone \udcdc here"}).encode(encoding, "surrogatepass")
    batch = read(write(tmp_path, "a.csv", content))
    assert batch.articles.height == 19
    assert refused(batch) == [("undecodable", "row 5")]


def test_an_odd_last_byte_of_a_csv_in_utf_16_costs_no_row(tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.csv", csv_of({}).encode("utf-16") + b"x"))
    assert batch.articles.height == 20
    assert refused(batch) == [("broken_table", "row 21")]


@pytest.mark.parametrize("content", [b"PAR1 and nothing else PAR1", b"text,id\n"])
def test_a_broken_parquet_file_is_refused(content: bytes, tmp_path: Path) -> None:
    assert refused(read(write(tmp_path, "a.parquet", content))) == [("broken_table", "row 1")]


def test_a_parquet_file_without_text_is_refused(tmp_path: Path) -> None:
    pl.DataFrame({"id": [1]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"text": [1]}).write_parquet(tmp_path / "b.parquet")
    assert refused(read(tmp_path)) == [("missing_column", None), ("bad_type", None)]


PACKED = b"".join(LINE.replace(b"1", b"%d" % number) for number in range(20_000))


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        ("gz", gzip.compress(PACKED)[:-2000]),
        ("gz", gzip.compress(PACKED) + b"garbage"),
        ("zst", zstandard.ZstdCompressor().compress(PACKED)[:-2000]),
        ("zst", zstandard.ZstdCompressor().compress(PACKED) + b"garbage"),
    ],
)
def test_a_broken_archive_is_read_up_to_where_it_breaks(suffix: str, content: bytes, tmp_path: Path) -> None:
    batch = read(write(tmp_path, f"a.jsonl.{suffix}", content))
    assert refused(batch) == [("broken_archive", None)]
    assert batch.articles["external_id"].to_list() == [str(number) for number in range(batch.articles.height)]


def test_archives_of_several_members_are_read_whole(tmp_path: Path) -> None:
    for suffix, pack in (("gz", gzip.compress), ("zst", zstandard.ZstdCompressor().compress)):
        content = pack(LINE) + pack(b"") + pack(LINE.replace(b"1", b"2"))
        batch = read(write(tmp_path, f"a.jsonl.{suffix}", content))
        assert batch.articles["external_id"].to_list() == ["1", "2"]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.csv.zst", "a.parquet.gz", "a.txt.zst", "a.html.gz"])
def test_an_archive_that_expands_beyond_reason_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "BOMB_BYTES", 1_000_000)
    content = b"text" + b" " * 5_000_000
    packed = gzip.compress(content) if name.endswith("gz") else zstandard.ZstdCompressor().compress(content)
    assert "bomb" in read(write(tmp_path, name, packed)).rejects["reason"].to_list()


def test_a_table_that_expands_beyond_reason_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "BOMB_BYTES", 1_000_000)
    same = pl.DataFrame({"text": ["A text that is stored once. " * 500]}).sample(5000, with_replacement=True)
    same.write_parquet(tmp_path / "a.parquet")
    batch = read(tmp_path / "a.parquet")
    assert refused(batch)[-1] == ("bomb", None)
    assert batch.articles.height < 1000


def test_aliases_in_front_matter_are_never_expanded(tmp_path: Path) -> None:
    levels = [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    block = "\n".join(["a0: &a0 [x]", *levels, "title: *a11"])
    batch = read(write(tmp_path, "a.txt", f"---\n{block}\n---\nThey met."))
    assert refused(batch) == [("bad_header", "front matter")]
    assert batch.articles["text"].to_list() == ["They met."]


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "a.jsonl", "a.csv.gz", "a.parquet"):
        write(tmp_path, name, "x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    batch = read(tmp_path)
    assert refused(batch) == [("unreadable", None)] * 4
    assert batch.rejects["detail"].unique().to_list() == ["Permission denied"]


def test_rejects_keep_their_contract_and_little_of_long_lines(tmp_path: Path) -> None:
    lines = (b"x" * 50_000, b'{"text": \xff\xfe}', b'{"id": "\\ud800", "text": ["\\ud800"]}', LINE)
    batch = read(write(tmp_path, "a.jsonl", b"\n".join(lines)))
    stage_schema(EtlReject).validate(batch.rejects)
    assert batch.rejects["raw"].str.len_chars().max() == RAW_LENGTH
    assert batch.rejects["reject_id"].n_unique() == 3
    batch.rejects.write_parquet(tmp_path / "rejects.parquet")


def test_a_file_of_bad_lines_comes_in_batches_too(tmp_path: Path) -> None:
    batch = read(write(tmp_path, "a.jsonl", b"{\n" * 25_000))
    assert batch.rejects.height == 25_000


def test_memory_stays_flat_however_long_the_file_is(tmp_path: Path) -> None:
    def peak(lines: int) -> int:
        path = write(tmp_path, f"{lines}.jsonl", b'{"id": 1, "text": "%s"}\n' % (b"word " * 200) * lines)
        [file] = discover([str(path)], tmp_path)
        tracemalloc.start()
        for _ in read_articles(file, {}, 500_000):
            pass
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(100)
    assert peak(20_000) < 1.5 * peak(2000)


PIECES = st.sampled_from(
    [b"---\n", b'{"text": "', b'"}', b"\n", b"\r", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"text,id\n", b"<p>", b"PAR1"]
)
FORMATS = st.sampled_from(["txt", "jsonl", "csv", "parquet", "html", "txt.gz", "csv.zst"])


@given(name=FORMATS, pieces=st.lists(PIECES | st.binary(max_size=20), max_size=8), packed=st.booleans())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_stop_reading(name: str, pieces: list[bytes], packed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    content = b"".join(pieces)
    pack = {"gz": gzip.compress, "zst": zstandard.ZstdCompressor().compress}.get(name.rpartition(".")[2])
    batch = read(write(tmp_path, f"a.{name}", pack(content) if pack and packed else content))
    stage_schema(EtlReject).validate(batch.rejects)


def test_bad_lines_cost_about_the_same_in_whatever_encoding(tmp_path: Path) -> None:
    def seconds(line: str, encoding: str) -> float:
        file = write(tmp_path, f"{encoding}.jsonl.gz", gzip.compress(f"{line}\n".encode(encoding) * 4000))
        began = process_time()
        assert set(refused(read(file))) == {("bad_json", f"line {number}") for number in range(1, 4001)}
        return process_time() - began

    assert seconds('{"text": "café', "latin-1") < 6 * max(seconds('{"text": "cafe', "ascii"), 0.02)
