"""Pieces of catalogues in every style, most of them sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

WORDS = (
    "rain",
    "Łódź",
    "nobody's",
    "“quoted”",
    "日本",
    "a:b",
    "x#y",
    "C++",
    "50 %",
    "- dash",
    "null",
    "~",
    "*star*",
    "&amp",
)
PLAIN_WORDS = ("rain", "talks", "Łódź", "nobody's", "日本", "it", "2026", "met")
ODD_WORDS = (*PLAIN_WORDS, "no: one", "x #y", "<b>so</b>", "\u202e", "so:", "#", "it's", 'a "b"')
ESCAPES = ("\\x41", "\\u00e9", "\\n", "\\/", "\\t", "\\u202e", "\\x07", "\\U0001f600", "\\_", "\\x41 ")
SPOILERS = (
    *(
        '"',
        "'",
        ":",
        ": ",
        "#",
        " #",
        "# ",
        "- ",
        "-",
        "?",
        "? ",
        "&a ",
        "*a",
        "!t ",
        "|",
        ">",
        "%",
        "@",
        "`",
        "[",
        "]",
    ),
    *(
        "{",
        "}",
        ",",
        "\\",
        "\\n",
        "\n",
        "\n\n",
        " ",
        "  ",
        "    ",
        "\t",
        "\r",
        "\r\n",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u202e",
    ),
    *("<<: *a", "null", "~", "---\n", "...\n", "é", "\u3000", "|+", "|2", ">2-", "''", '\\"', "<b>", "\x00", "\xa0"),
)


def write_words(chance: random.Random, most: int = 6) -> str:
    some = chance.choices((PLAIN_WORDS, WORDS, ODD_WORDS), (8, 2, 0.3))[0]
    return " ".join(chance.choices(some, k=chance.randint(1, most)))


def write_text(chance: random.Random, *, indent: int, is_long: bool = False) -> str:
    words = write_words(chance)
    style = chance.randrange(9 if is_long else 5)
    if style == 8 or (style < 5 and chance.random() < 0.15):
        words = break_lines(chance, words, indent=indent)
    if style == 0:
        words = words.replace("\\", "\\\\").replace('"', '\\"').replace("2026", chance.choice(ESCAPES))
        return f'"{words}"'
    if style == 1:
        return "'" + words.replace("'", "''") + "'"
    if style < 5 or style == 8:
        return words + chance.choice((*[""] * 9, " ", "  # said", " # said", " #said", "# said"))
    lines = [" " * chance.choice((0, 0, 0, 0, 2)) + write_words(chance) for _ in range(chance.randint(1, 4))]
    gaps = chance.choice(("\n", "\n\n", "\n\n\n", "\n\n\n\n"))
    margin = " " * (indent + chance.choice((1, 2, 2, 2, 4)))
    text = gaps.join(lines).replace("\n", f"\n{margin}").replace(f"\n{margin}\n", "\n\n")
    return (
        chance.choice(("|", "|-", ">", ">-", "|", ">", "|+", ">+", "|2"))
        + f"\n{margin}{text}"
        + chance.choice(("", "", "\n", "\n\n"))
    )


def break_lines(chance: random.Random, words: str, *, indent: int) -> str:
    """Return words in some lines, most of them indented as they should be."""
    for _ in range(chance.randint(1, 2)):
        margin = " " * (indent + chance.choice((1, 2, 2, 2, 6, 0)))
        words = words.replace(" ", chance.choice(("\n", "\n", "\n", " \n", "\n\n", "\\\n")) + margin, 1)
    return words


def write_list(chance: random.Random, items: list[str], *, indent: int) -> str:
    if chance.random() < 0.6:
        inside = chance.choice((", ", ", ", ",", f",\n{' ' * (indent + 2)}", " , ")).join(items)
        return f"[{inside}]" if chance.random() < 0.7 else f"[\n{' ' * (indent + 2)}{inside},\n{' ' * indent}]"
    margin = " " * (indent + chance.choice((0, 2, 2, 4)))
    return "".join(f"\n{margin}- {item}" for item in items)


def write_mapping(chance: random.Random, pairs: dict[str, str], *, indent: int) -> str:
    if chance.random() < 0.7:
        return "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
    margin = " " * (indent + 2)
    return "".join(f"\n{margin}{key}: {value}" for key, value in pairs.items())


def write_entry(chance: random.Random, number: int, *, column: int, is_article: bool) -> str:
    """Return an entry whose fields stand in any order and style; most are sound."""
    indent = column + 2
    quote = chance.choice(("", "", "", '"', "'"))
    times = (
        "2026-05-01T10:00:00Z",
        "2026-05-01T10:00:00Z",
        "2026-05-01",
        "2026-05-01T10:00",
        "2026-05-01 10:00:00+01:00",
    )
    fields = {
        "id": f"{quote}e{number}{quote}",
        "title": write_text(chance, indent=indent),
        "url": chance.choice(
            (
                f"a/e{number}",
                f"a/b_{number}/",
                f"https://e.org/{number}",
                f"e{number}.html",
                f"HTTPS://E.org/{number}",
                f"e{number}?q=1",
            )
        ),
        "published": chance.choice(times),
        "sections": write_list(chance, chance.sample(["a", "b", "two-words"], k=chance.randint(1, 3)), indent=indent),
    }
    if not is_article or chance.random() < 0.6:
        fields["summary"] = write_text(chance, indent=indent, is_long=True)
    if is_article or chance.random() < 0.05:
        fields["body"] = write_text(chance, indent=indent, is_long=True)
    if chance.random() < 0.3:
        fields["updated"] = chance.choice((*["2026-05-02T00:00:00Z"] * 9, *["2026-05-03"] * 5, "2026-04-02T00:00:00Z"))
    if chance.random() < 0.1:
        fields["expires"] = chance.choice((*["2027-05-02T00:00:00Z"] * 5, "2026-05-01T10:00:00Z"))
    if chance.random() < 0.4:
        people = ["Ada Nowak", '"Li, Wei"', "{name: Li Wei, email: li@e.org}", "{name: 'Ben', url: https://e.org/ben}"]
        people += [f"name: Ben{chr(10)}{' ' * (indent + chance.choice((2, 4, 4, 4, 6)))}email: ben@e.org"]
        fields["authors"] = write_list(chance, chance.choices(people, k=chance.randint(1, 3)), indent=indent)
    if chance.random() < 0.4:
        tags = [*PLAIN_WORDS * 2, '"a, b"', "'c'", "two words", "null"]
        fields["tags"] = write_list(chance, chance.sample(tags, k=chance.randint(1, 3)), indent=indent)
    if chance.random() < 0.3:
        image = {
            "url": "i/1.jpg",
            "alt": write_words(chance),
            "width": "800",
            "height": chance.choice((*["600"] * 9, "0", "006")),
        }
        fields["image"] = write_mapping(chance, image, indent=indent)
    if chance.random() < 0.2:
        fields["language"] = chance.choice(("en", "de-CH", '"fr"', "null", "english", "EN", "zh-Hans"))
        fields["rights"] = write_text(chance, indent=indent, is_long=True)
        fields["content"] = chance.choice(("full", "summary", "'full'", "summary ", "ful"))
        fields["draft"] = chance.choice(("true", "false", "false", "'true'", "True", "yes"))
    if chance.random() < 0.05:
        name = chance.choice(("guid", "body_format", "titel", "x", "id", "title"))
        fields[f"{name} " if name in fields else name] = chance.choice(("true", "en", "urn:x:1"))
    lines = [f"{key.strip()}:{value if value.startswith(chr(10)) else ' ' + value}" for key, value in fields.items()]
    chance.shuffle(lines)
    gaps = ("", "", "", "", "\n", f"\n{' ' * indent}# a comment", "\n# a comment", "\n      # deep")
    text = "".join(f"{' ' * indent}{line}{chance.choice(gaps)}\n" for line in lines)
    return f"{' ' * column}- {text[indent:]}"


def write_flow_text(chance: random.Random) -> str:
    words = write_words(chance)
    style = chance.randrange(4)
    if style == 0:
        return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if style == 1:
        return "'" + words.replace("'", "''") + "'"
    return words + chance.choice(("", "", "", ":x", " "))


def write_braced_entry(chance: random.Random, number: int, *, column: int, is_article: bool) -> str:
    """Return an entry in braces, as people write a short one and programs write all."""
    quote = chance.choice(("", "", '"', "'"))
    fields = {
        "id": f"{quote}e{number}{quote}",
        "title": write_flow_text(chance),
        "url": chance.choice(
            (f"e{number}", f"https://e.org/{number}", f'"a/{number}"', f"a:b{number}", f"a::{number}")
        ),
        "published": chance.choice(("2026-05-01T10:00:00Z", '"2026-05-01"', "2026-05-01 10:00", "2026-05-01")),
        "sections": f"[{', '.join(chance.sample(['a', 'b', 'two-words'], k=chance.randint(1, 3)))}]",
        "body" if is_article else "summary": write_flow_text(chance),
    }
    more = {
        "tags": f"[{write_flow_text(chance)}, two]",
        "authors": "[Ada, {name: Li, email: li@e.org}]",
        "image": "{url: i/1.jpg, alt: Rain, width: 8, height: 6}",
        "updated": "2026-05-02T00:00:00Z",
        "language": "de",
        "rights": write_flow_text(chance),
        "draft": "true",
        "id": "e0",
    }
    fields |= {key: more[key] for key in more if chance.random() < 0.15 and (key != "id" or chance.random() < 0.1)}
    is_json = chance.random() < 0.3
    pairs = [f'"{key}": {value}' if is_json else f"{key}: {value}" for key, value in fields.items()]
    chance.shuffle(pairs)
    between = chance.choice((", ", ", ", ",", f",\n{' ' * (column + chance.choice((3, 3, 1, 0)))}", " , "))
    end = chance.choice(("", "", "", " ", ", ", "\n", "\n   "))
    return f"{' ' * column}- {{{between.join(pairs)}{end}}}{chance.choice(('', '', ' # said', ' ', '#', ' x'))}\n"


def spoil(chance: random.Random, text: str) -> str:
    """Return a text with a change or two that a person, or an enemy, might make."""
    for _ in range(chance.choice((0, 0, 0, 0, 1, 1, 1, 2))):
        place = chance.randrange(len(text) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            text = text[:place] + chance.choice(SPOILERS) + text[place:]
        elif kind == 1:
            text = text[:place] + text[place + chance.choice((1, 1, 2, 5)) :]
        elif kind == 2:
            lines = text.splitlines(keepends=True)
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines) if lines else "")
            text = "".join(lines)
        else:
            text = text[:place] + chance.choice(SPOILERS) + text[place + 1 :]
    return text


def write_piece(chance: random.Random) -> tuple[bytes, str, int]:
    """Return the text of a piece, the root key that goes on there, and the column of its dashes."""
    column = chance.choice((0, 2, 2, 2, 4))
    key = chance.choice(("articles", "articles", "teasers"))
    listed, text = key, ""
    for number in range(chance.randint(1, 4)):
        write = write_braced_entry if chance.random() < 0.25 else write_entry
        text += write(chance, number, column=column, is_article=listed == "articles")
        if chance.random() < 0.1:
            listed = "teasers" if listed == "articles" else "articles"
            text += f"{listed}:\n"
    return spoil(chance, text).encode("utf-8", "surrogatepass"), key, column
