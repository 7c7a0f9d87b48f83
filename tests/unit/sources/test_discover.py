import os
from pathlib import Path

import pytest

from flows.sources.discover import SourceNotFoundError, UnknownFormatError, discover
from tests.unit.sources.reading import read, refused, write


def relatives(sources: list[str], base: Path) -> list[str]:
    return [file.relative for file in discover(sources, base)]


def test_folders_are_searched_whole_and_paths_are_relative_to_them(tmp_path: Path) -> None:
    for name in ("b/2.jsonl.gz", "a.txt", "b/c/3.PARQUET", "d.html.zst", "e.csv", "f.ndjson", "g.htm"):
        write(tmp_path, name, "x")
    found = discover([str(tmp_path)], Path("/"))
    assert [(file.relative, file.format, file.compression) for file in found] == [
        ("a.txt", "text", None),
        ("b/2.jsonl.gz", "jsonl", "gzip"),
        ("b/c/3.PARQUET", "parquet", None),
        ("d.html.zst", "html", "zstd"),
        ("e.csv", "csv", None),
        ("f.ndjson", "jsonl", None),
        ("g.htm", "html", None),
    ]
    assert all(file.uri == str(tmp_path / file.relative) and file.size_bytes == 1 for file in found)


def test_hidden_files_and_unknown_extensions_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "notes.md", "archive.gz", "README", "data.json", "kept.txt"):
        write(tmp_path, name, "x")
    assert relatives([str(tmp_path)], tmp_path) == ["kept.txt"]
    assert relatives([f"{tmp_path}/**/*"], tmp_path) == ["kept.txt"]


def test_a_folder_without_articles_gives_nothing(tmp_path: Path) -> None:
    assert discover([str(tmp_path)], tmp_path) == []


def test_globs_and_files_are_taken_relative_to_the_base(tmp_path: Path) -> None:
    for name in ("in/2023/a.txt", "in/2024/b.txt", "in/2024/c.csv", "other/d.txt"):
        write(tmp_path, name, "x")
    assert relatives(["in/*/*.txt"], tmp_path) == ["2023/a.txt", "2024/b.txt"]
    assert relatives(["in/**/*.csv", "other"], tmp_path) == ["2024/c.csv", "d.txt"]
    assert relatives(["in/2024/../2023/a.txt"], tmp_path) == ["a.txt"]
    assert relatives(["in/202?"], tmp_path) == ["2023/a.txt", "2024/b.txt", "2024/c.csv"]


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "x")
    assert relatives([str(tmp_path), "a.txt", "*.txt"], tmp_path) == ["a.txt"]


def test_a_name_with_brackets_is_a_file_before_it_is_a_glob(tmp_path: Path) -> None:
    write(tmp_path, "a[1].txt", "x")
    assert relatives(["a[1].txt"], tmp_path) == ["a[1].txt"]


@pytest.mark.parametrize("source", ["missing.txt", "missing/", "missing/*.txt", "missing/**x", "missing" * 1000])
def test_a_source_that_does_not_exist_is_named(source: str, tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="missing"):
        discover([source], tmp_path)


@pytest.mark.parametrize("source", ["", " "])
def test_an_empty_source_is_not_the_current_folder(source: str, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "x")
    with pytest.raises(SourceNotFoundError, match="empty"):
        discover(["a.txt", source], tmp_path)


def test_a_named_file_of_unknown_format_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "talks.docx", "x")
    with pytest.raises(UnknownFormatError, match=r"talks\.docx.*\.jsonl"):
        discover(["talks.docx"], tmp_path)


def test_pipes_and_devices_are_passed_over_in_folders_and_globs(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "x")
    os.mkfifo(tmp_path / "pipe.txt")
    for source in (".", "*.txt"):
        assert relatives([source], tmp_path) == ["a.txt"]
    with pytest.raises(UnknownFormatError, match=r"pipe\.txt: no regular file"):
        discover(["pipe.txt"], tmp_path)


def test_links_that_lead_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    secret = write(tmp_path, "outside/secret.txt", "x")
    folder = write(tmp_path, "in/a.txt", "An article.").parent
    (folder / "leak.txt").symlink_to(secret)
    (folder / "leaks").symlink_to(secret.parent)
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    batch = read(folder)
    assert batch.articles["text"].to_list() == ["An article."]
    assert refused(batch) == [("unreadable", None)] * 3
    assert sum("leads out" in detail for detail in batch.rejects["detail"]) == 2
    assert discover([f"{folder}/l*"], tmp_path)[0].refused


def test_links_within_the_folder_are_read_once(tmp_path: Path) -> None:
    write(tmp_path, ".store/blob.txt", "x")
    write(tmp_path, "a.txt", "x")
    (tmp_path / "latest.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "kept.txt").symlink_to(tmp_path / ".store" / "blob.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert relatives([str(tmp_path)], tmp_path) == ["a.txt", "kept.txt"]


def test_a_folder_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = write(tmp_path, "closed/a.txt", "x").parent
    scan = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = discover([str(tmp_path)], tmp_path)
    assert [(file.uri, file.refused) for file in found] == [
        (str(closed), "the folder cannot be read: Permission denied")
    ]


def test_a_link_to_itself_is_refused_and_the_other_files_are_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "An article.")
    (tmp_path / "first.txt").symlink_to(tmp_path / "second.txt")
    (tmp_path / "second.txt").symlink_to(tmp_path / "first.txt")
    for source in (str(tmp_path), f"{tmp_path}/*.txt"):
        found = discover([source], tmp_path)
        assert [(file.relative, file.refused) for file in found] == [
            ("a.txt", None),
            ("first.txt", "a symbolic link that leads back to itself"),
            ("second.txt", "a symbolic link that leads back to itself"),
        ]
    assert read(tmp_path).articles["text"].to_list() == ["An article."]
    with pytest.raises(SourceNotFoundError, match="first"):
        discover(["first.txt"], tmp_path)


def test_a_name_that_is_no_utf_8_is_refused_under_a_name_that_can_be_written(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "An article.")
    for name in (b"caf\xe9.txt", b"\xff/b.txt"):
        write(tmp_path, os.fsdecode(name), "x")
    (tmp_path / "link.txt").symlink_to(tmp_path.parent / os.fsdecode(b"\xfe.txt"))
    batch = read(tmp_path)
    assert batch.articles["text"].to_list() == ["An article."]
    assert batch.rejects.select("source_uri", "reason").rows() == [
        (rf"{tmp_path}/\xff/b.txt", "unreadable"),
        (rf"{tmp_path}/caf\xe9.txt", "unreadable"),
        (f"{tmp_path}/link.txt", "unreadable"),
    ]
    assert [file.relative for file in discover([str(tmp_path)], tmp_path) if file.refused] == [
        r"\xff/b.txt",
        r"caf\xe9.txt",
        "link.txt",
    ]
    with pytest.raises(UnknownFormatError) as caught:
        discover([str(write(tmp_path, os.fsdecode(b"\xe9.doc"), "x"))], tmp_path)
    assert r"\xe9.doc" in str(caught.value)


def test_a_folder_whose_files_cannot_be_looked_at_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = write(tmp_path, "closed/a.txt", "x").parent
    write(tmp_path, "b.txt", "x")
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != closed)
    assert [(file.relative, file.refused) for file in discover([str(tmp_path)], tmp_path)] == [
        ("b.txt", None),
        ("closed", "the folder cannot be read: Permission denied"),
    ]


def test_a_file_that_vanishes_while_files_are_looked_for_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt", "x")

    def vanish(path: Path) -> bool:
        path.unlink()
        return True

    monkeypatch.setattr(Path, "is_file", vanish)
    (file,) = discover([str(tmp_path)], tmp_path)
    assert file.refused == "the file cannot be read: No such file or directory"
