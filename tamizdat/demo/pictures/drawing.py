"""Every picture of the demo paper, by name."""

from collections.abc import Callable
from pathlib import Path

from tamizdat.demo.pictures import kitchen, papers, pressroom, rooms, school, ships, shore, town
from tamizdat.demo.pictures.plates import Print

PICTURES: dict[str, Callable[[Print], None]] = {
    "boats": ships.boats,
    "books": rooms.books,
    "boxes": rooms.boxes,
    "chart": papers.sizes,
    "bucket": school.bucket,
    "cranes": town.cranes,
    "ferry-night": ships.ferry_night,
    "gulls": shore.gulls,
    "jars": kitchen.jars,
    "judges": papers.judges,
    "letters": rooms.letters,
    "lighthouse": shore.lighthouse,
    "lindens": town.lindens,
    "map": papers.sea_chart,
    "mast": town.mast,
    "press": pressroom.press,
    "soundings": papers.soundings,
    "soup": kitchen.soup,
    "storm-wall": shore.storm_wall,
    "stove": kitchen.stove,
    "tanker": ships.tanker,
    "windows-night": town.windows_night,
}


def draw(name: str, folder: Path) -> Path:
    """Draw one picture into the folder; the same name always gives the same picture."""
    sheet = Print(name)
    PICTURES[name](sheet)
    path = folder / f"{name}.jpg"
    sheet.printed().save(path, quality=88)
    return path
