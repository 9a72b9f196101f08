"""What validation says to people, in English and Arabic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.shacl.vocabulary import SH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import NamedNode

__all__ = ["SENTENCES", "counted", "default_message", "noun"]

# The bare noun; then in English many, in Arabic one, two, three to ten, and after other numbers.
_COUNTED: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "en": {
        "Violation": ("violation", "violations"),
        "Warning": ("warning", "warnings"),
        "Info": ("remark", "remarks"),
        "triples": ("triple", "triples"),
        "shapes": ("shape", "shapes"),
        "nodes": ("node judged", "nodes judged"),
    },
    "ar": {
        "Violation": ("مخالفة", "مخالفة واحدة", "مخالفتان", "مخالفات", "مخالفة"),
        "Warning": ("تنبيه", "تنبيه واحد", "تنبيهان", "تنبيهات", "تنبيها"),
        "Info": ("ملاحظة", "ملاحظة واحدة", "ملاحظتان", "ملاحظات", "ملاحظة"),
        "triples": ("ثلاثية", "ثلاثية واحدة", "ثلاثيتان", "ثلاثيات", "ثلاثية"),
        "shapes": ("شكل", "شكل واحد", "شكلان", "أشكال", "شكلا"),
        "nodes": ("عقدة مفحوصة", "عقدة واحدة مفحوصة", "عقدتان مفحوصتان", "عقد مفحوصة",
                  "عقدة مفحوصة"),
    },
}  # fmt: skip

SENTENCES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "conforms": "The graph conforms",
        "passes": "The graph passes, with warnings",
        "fails": "The graph does not conform",
        "nothing": "Nothing was judged: no shape has a focus node in this graph",
        "comma": ", ",
        "more": "… and {count} more",
        "note": "note",
        "other": "The value breaks a constraint of the shape.",
    },
    "ar": {
        "conforms": "الرسم مطابق",
        "passes": "الرسم مقبول، مع تنبيهات",
        "fails": "الرسم غير مطابق",
        "nothing": "لم يُفحص شيء: لا يجد أي شكل عقدة يفحصها في هذا الرسم",
        "comma": "، ",
        "more": "… و{count} غيرها",
        "note": "ملاحظة",
        "other": "القيمة تخالف قيدا من قيود الشكل.",
    },
}

#: What breaks each constraint component, for shapes that have no message of their own.
_COMPONENTS: Final[Mapping[str, tuple[str, str]]] = {
    "Class": ("The value is not an instance of the class.", "القيمة ليست من الصنف المطلوب."),
    "Datatype": (
        "The value is not a well-formed literal of the datatype.",
        "القيمة ليست قيمة سليمة من نوع البيانات المطلوب.",
    ),
    "NodeKind": ("The value is of another kind of node.", "القيمة من نوع آخر من العقد."),
    "MinCount": ("There are too few values.", "القيم أقل من المطلوب."),
    "MaxCount": ("There are too many values.", "القيم أكثر من المسموح."),
    "MinExclusive": ("The value is not above the bound.", "القيمة ليست أكبر من الحد."),
    "MinInclusive": ("The value is below the bound.", "القيمة أصغر من الحد."),
    "MaxExclusive": ("The value is not below the bound.", "القيمة ليست أصغر من الحد."),
    "MaxInclusive": ("The value is above the bound.", "القيمة أكبر من الحد."),
    "MinLength": ("The value is too short.", "القيمة أقصر من المطلوب."),
    "MaxLength": ("The value is too long.", "القيمة أطول من المسموح."),
    "Pattern": ("The value does not match the pattern.", "القيمة لا تطابق النمط."),
    "LanguageIn": ("The value is in another language.", "القيمة بلغة أخرى."),
    "UniqueLang": ("Several values are in one language.", "لأكثر من قيمة اللغة نفسها."),
    "Equals": (
        "The values of the two properties differ.", "قيم الخاصيتين مختلفة.",
    ),
    "Disjoint": ("The two properties share a value.", "للخاصيتين قيمة مشتركة."),
    "LessThan": (
        "The value is not less than that of the other property.",
        "القيمة ليست أصغر من قيمة الخاصية الأخرى.",
    ),
    "LessThanOrEquals": (
        "The value is greater than that of the other property.",
        "القيمة أكبر من قيمة الخاصية الأخرى.",
    ),
    "Not": (
        "The value conforms to a shape that it must not.",
        "القيمة تطابق شكلا لا يجوز أن تطابقه.",
    ),
    "And": ("The value does not conform to all of the shapes.", "القيمة لا تطابق كل الأشكال."),
    "Or": ("The value conforms to none of the shapes.", "القيمة لا تطابق أيا من الأشكال."),
    "Xone": (
        "The value does not conform to exactly one of the shapes.",
        "القيمة لا تطابق شكلا واحدا بعينه من الأشكال.",
    ),
    "Node": ("The value does not conform to the shape.", "القيمة لا تطابق الشكل."),
    "QualifiedMinCount": (
        "Too few values conform to the shape.", "القيم التي تطابق الشكل أقل من المطلوب.",
    ),
    "QualifiedMaxCount": (
        "Too many values conform to the shape.", "القيم التي تطابق الشكل أكثر من المسموح.",
    ),
    "Closed": ("The shape does not allow this property.", "الشكل لا يسمح بهذه الخاصية."),
    "HasValue": ("The required value is missing.", "القيمة المطلوبة غائبة."),
    "In": ("The value is not in the list.", "القيمة ليست في القائمة."),
    "SPARQL": ("The SPARQL constraint is broken.", "قيد SPARQL لم يتحقق."),
}  # fmt: skip
_SUFFIX: Final = "ConstraintComponent"


def default_message(component: NamedNode, language: str) -> str:
    """Return what breaks a component, where neither shape nor constraint says it."""
    name = component.value.removeprefix(SH).removesuffix(_SUFFIX)
    known = _COMPONENTS.get(name)
    return SENTENCES[language]["other"] if known is None else known[language == "ar"]


def noun(language: str, name: str) -> str:
    """Return a noun as it stands alone."""
    return _COUNTED[language][name][0]


def counted(number: int, language: str, name: str) -> str:
    """Return a number with its noun.

    >>> counted(3, "en", "shapes")
    '3 shapes'
    """
    forms = _COUNTED[language][name]
    if language == "en":
        return f"{number:,} {forms[number != 1]}"
    if number in (1, 2):
        return forms[number]
    few = 3 <= number % 100 <= 10
    return f"{number:,} {forms[3] if few else forms[4] if number else forms[0]}"
