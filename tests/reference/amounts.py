"""Amounts as the references write them: int fen, Fraction, half up. Nothing of the program is imported here."""

from fractions import Fraction
from math import floor


def fen(amount: str) -> int:
    whole, _, cents = amount.partition(".")
    return int(whole) * 100 + int(cents.ljust(2, "0") or "0")


def yuan(amount: int) -> str:
    return ("-" if amount < 0 else "") + f"{abs(amount) // 100}.{abs(amount) % 100:02d}"


def ratio(text: str) -> Fraction:
    return Fraction(text.rstrip("%")) / 100


def half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


def percent(part: int, whole: int, places: int) -> str:
    """Half up, as many places as asked: 83.35% with two."""
    scaled = half_up(Fraction(part, whole) * 100 * 10**places)
    return f"{scaled // 10**places}.{scaled % 10**places:0{places}d}%"


def short_percent(part: int, whole: int) -> str:
    """Four places, half up, no idle zeros: 69.5122%, 90%."""
    return percent(part, whole, 4).rstrip("%").rstrip("0").rstrip(".") + "%"
