"""A news page as publishers write them; ``CHARSET`` stands for its encoding."""

from __future__ import annotations

PAGE = """<!doctype html><html lang="ar"><head><meta charset="CHARSET">
<title>الأسعار ستنخفض</title><meta name="author" content="سامر الحداد">
<meta property="og:site_name" content="صحيفة النورس">
<meta property="article:published_time" content="2015-02-19T10:00:00Z">
<link rel="canonical" href="https://news.example/a/1"><script src="https://x.example/y.js"></script>
</head><body><nav><a href="/">الرئيسية</a></nav><article><h1>الأسعار ستنخفض</h1>
<p>قال وزير المالية أمس إن 12 شخصا قتلوا في الحادث الذي وقع في المدينة صباح الخميس الماضي.</p>
<p>وأضاف أن الأسعار ستنخفض في العام المقبل بنسبة 5 في المئة على الأقل بحسب التقديرات.</p>
</article><footer>كل الحقوق محفوظة</footer></body></html>"""
