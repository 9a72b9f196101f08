"""The words of the pages themselves, in English and Arabic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

if TYPE_CHECKING:
    from kg.ontology_docs.model import Language

__all__ = ["WORDS", "Wording"]

#: Every word and sentence that a page says of its own, by the name that templates use.
WORDS: Final = {
    # Around the page
    "skip": ("Skip to the content", "إلى المحتوى"),
    "pages": ("Pages", "الصفحات"),
    "ontology": ("Ontology", "الأنطولوجيا"),
    "shapes": ("Shapes", "الأشكال"),
    "vocabularies": ("Vocabularies", "المفردات"),
    "contents": ("Contents", "المحتويات"),
    "formats": ("This page as", "هذه الصفحة بصيغة"),
    "permalink": ("Link to", "رابط إلى"),
    "made-from": (
        "Made from the Turtle files of version {version}.",
        "مصنوعة من ملفات Turtle للإصدار {version}.",
    ),
    # Sections
    "abstract": ("Abstract", "الملخص"),
    "metadata": ("Metadata", "البيانات الوصفية"),
    "namespaces": ("Namespaces", "فضاءات الأسماء"),
    "overview": ("Overview", "نظرة عامة"),
    "diagram": ("The core", "اللب"),
    "diagram-caption": (
        "The core classes and the properties between them. The dashed arrow is a subclass.",
        "الأصناف الأساسية والخصائص التي تربط بينها. والسهم المتقطع صنف فرعي.",
    ),
    "class-tree": ("Tree of classes", "شجرة الأصناف"),
    "concept-tree": ("Tree of concepts", "شجرة المفاهيم"),
    "notation": ("Notation", "طريقة الكتابة"),
    "notation-classes": (
        "Class expressions are in the Manchester syntax of OWL 2; names without a prefix are ours.",
        "تُكتب عبارات الأصناف بصيغة مانشستر للغة OWL 2، والأسماء التي لا بادئة لها أسماؤنا.",
    ),
    "notation-shapes": (
        "Constraints are what the SHACL shapes demand of data.",
        "والقيود ما تطلبه أشكال SHACL من البيانات.",
    ),
    "class": ("Classes", "الأصناف"),
    "object-property": ("Object properties", "خصائص بين الكيانات"),
    "datatype-property": ("Datatype properties", "خصائص ذات قيم حرفية"),
    "annotation-property": ("Annotation properties", "خصائص الحواشي"),
    "datatype": ("Datatypes", "أنواع البيانات"),
    "individual": ("Individuals", "الأفراد"),
    "reused": ("Terms of other vocabularies", "مصطلحات من مفردات أخرى"),
    "reused-text": (
        "These terms are declared so that tools know their kind; nothing is said about them.",
        "هذه المصطلحات معلنة لتعرف الأدوات أنواعها، ولا يقال عنها شيء.",
    ),
    "alignments": ("Alignments", "المواءمات"),
    "changes": ("Change notes", "ملاحظات التغيير"),
    "concepts": ("Concepts", "المفاهيم"),
    "codes": ("Codes", "الرموز"),
    "targeted": ("Shapes with targets", "أشكال لها ما تستهدفه"),
    "auxiliary": ("Shapes that others refer to", "أشكال تحيل إليها غيرها"),
    # Kinds, one of each
    "one-class": ("class", "صنف"),
    "one-object-property": ("object property", "خاصية بين كيانات"),
    "one-datatype-property": ("datatype property", "خاصية ذات قيمة حرفية"),
    "one-annotation-property": ("annotation property", "خاصية حاشية"),
    "one-datatype": ("datatype", "نوع بيانات"),
    "one-individual": ("individual", "فرد"),
    "one-concept": ("concept", "مفهوم"),
    "one-node": ("node shape", "شكل عقدة"),
    "one-property": ("property shape", "شكل خاصية"),
    "one-query": ("SPARQL constraint", "قيد SPARQL"),
    # Columns
    "prefix": ("Prefix", "البادئة"),
    "namespace": ("Namespace", "فضاء الأسماء"),
    "name": ("Name", "الاسم"),
    "term": ("Term", "المصطلح"),
    "english": ("English", "بالإنجليزية"),
    "arabic": ("Arabic", "بالعربية"),
    "label": ("Label", "التسمية"),
    "taken-by": ("Values of", "قيم لـ"),
    "number-of-concepts": ("Concepts", "عدد المفاهيم"),
    # Facts: metadata
    "iri": ("IRI", "المعرّف"),
    "version": ("Version", "الإصدار"),
    "version-iri": ("This version", "هذا الإصدار"),
    "prior-version": ("Previous version", "الإصدار السابق"),
    "backward-compatible-with": ("Compatible with", "متوافق مع"),
    "incompatible-with": ("Not compatible with", "غير متوافق مع"),
    "imports": ("Imports", "يستورد"),
    "status": ("Status", "الحالة"),
    "creator": ("Creator", "المنشئ"),
    "contributor": ("Contributor", "المساهم"),
    "publisher": ("Publisher", "الناشر"),
    "created": ("Created", "تاريخ الإنشاء"),
    "issued": ("Issued", "تاريخ النشر"),
    "modified": ("Modified", "تاريخ التعديل"),
    "licence": ("Licence", "الرخصة"),
    "rights": ("Rights", "الحقوق"),
    "cite-as": ("Cite as", "كيف يُستشهد بها"),
    "all-different": (
        "All concepts are declared different from each other.",
        "كل المفاهيم معلن أن بعضها غير بعض.",
    ),
    # Facts: terms
    "equivalent": ("Equivalent to", "مكافئ لـ"),
    "superclass": ("Subclass of", "صنف فرعي من"),
    "subclass": ("Subclasses", "الأصناف الفرعية"),
    "disjoint": ("Disjoint with", "لا يشترك مع"),
    "disjoint-union": ("Disjoint union of", "اتحاد ما لا يشترك من"),
    "key": ("Key", "المفتاح"),
    "property": ("Properties", "الخصائص"),
    "inherited": ("Inherited properties", "خصائص موروثة"),
    "value-of": ("Value of", "قيمة لـ"),
    "vocabulary": ("Vocabulary", "المفردات"),
    "characteristic": ("Characteristics", "السمات"),
    "domain": ("Domain", "المجال"),
    "range": ("Range", "المدى"),
    "superproperty": ("Subproperty of", "خاصية فرعية من"),
    "subproperty": ("Subproperties", "الخصائص الفرعية"),
    "inverse": ("Inverse of", "عكس"),
    "chain": ("Follows from the chain", "تنتج عن السلسلة"),
    "see-also": ("See also", "انظر أيضا"),
    "alignment": ("Alignments", "المواءمات"),
    "defines": ("Used in the definition of", "يُستعمل في تعريف"),
    "code": ("Code", "الرمز"),
    "broader": ("Broader", "الأعم"),
    "narrower": ("Narrower", "الأخص"),
    # Notes
    "alternative": ("Also called", "ويسمى أيضا"),
    "scope": ("Note", "ملاحظة"),
    "editorial": ("Editors' note", "ملاحظة المحررين"),
    "comment": ("Comment", "تعليق"),
    "example": ("Example", "مثال"),
    "change": ("Change", "تغيير"),
    "history": ("History", "تاريخ المصطلح"),
    # Constraints and questions
    "constraints": ("Constraints", "القيود"),
    "constraint-count": ("SHACL constraints: {count}", "قيود SHACL: {count}"),
    "path": ("Path", "المسار"),
    "demand": ("Demand", "المطلوب"),
    "message": ("Message", "الرسالة"),
    "targets": ("For", "لـ"),
    "used-by": ("Used by", "يستعمله"),
    "query": ("Query", "الاستعلام"),
    "node-itself": ("the node itself", "العقدة نفسها"),
    "questions": ("Named questions", "الأسئلة المسماة"),
    # Values
    "functional": ("functional", "وظيفية"),
    "inversefunctional": ("inverse functional", "عكسها وظيفي"),
    "transitive": ("transitive", "متعدية"),
    "symmetric": ("symmetric", "متناظرة"),
    "asymmetric": ("asymmetric", "لا متناظرة"),
    "reflexive": ("reflexive", "انعكاسية"),
    "irreflexive": ("irreflexive", "لا انعكاسية"),
    "draft": ("draft", "مسودة"),
    "published": ("published", "منشورة"),
    "Violation": ("violation", "مخالفة"),
    "Warning": ("warning", "تنبيه"),
    "Info": ("remark", "ملاحظة"),
}


@final
class Wording:
    """The words of one language; what has no word stands for itself."""

    def __init__(self, language: Language) -> None:
        self._side = 1 if language == "ar" else 0

    def __getitem__(self, name: str) -> str:
        words = WORDS.get(name)
        return name if words is None else words[self._side]
