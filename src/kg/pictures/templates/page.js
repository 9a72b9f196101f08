"use strict";
// The picture's behaviour: search, hover, pan and zoom, language, theme. Text from the graph is
// only ever set as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const stage = document.getElementById("stage");
  const tip = document.getElementById("tip");
  const search = document.getElementById("search");
  const hits = document.getElementById("hits");
  const pictures = new Map([...stage.querySelectorAll("svg[data-lang]")].map((svg) => [svg.dataset.lang, svg]));
  const whole = new Map([...pictures].map(([lang, svg]) => [lang, svg.getAttribute("viewBox")]));
  const languages = [...pictures.keys()];
  let lang = languages[0];

  const fold = (text) => text.normalize("NFKD").replace(/[\u064B-\u065F\u0670\u0640\u0300-\u036f]/g, "")
    .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").toLowerCase();
  const named = (id) => data.items[id.slice(id.indexOf("-") + 1)];
  const element = (tag, text, className) => {
    const made = document.createElement(tag);
    made.textContent = text;
    made.dir = "auto";
    if (className) made.className = className;
    return made;
  };

  function show() {
    for (const [one, svg] of pictures) svg.toggleAttribute("hidden", one !== lang);
    document.documentElement.lang = lang;
    document.documentElement.dir = lang === "ar" ? "rtl" : "ltr";
    for (const one of document.querySelectorAll("[data-word]")) one.textContent = data.words[lang][one.dataset.word];
    document.querySelector("h1").textContent = data.titles[lang];
    const other = languages.find((one) => one !== lang);
    const button = document.getElementById("language");
    button.hidden = !other;
    if (other) { button.textContent = data.words[other].language; button.lang = other; }
    find();
  }

  function find() {
    const wanted = fold(search.value.trim());
    stage.classList.toggle("searching", wanted !== "");
    let count = 0;
    for (const one of pictures.get(lang).querySelectorAll(".node")) {
      const item = one.id && named(one.id);
      const hit = wanted !== "" && item && fold(item.text).includes(wanted);
      one.classList.toggle("hit", Boolean(hit));
      if (hit) count += 1;
    }
    hits.textContent = wanted === "" ? "" : `${count}`;
  }

  function fill(item) {
    tip.replaceChildren(element("strong", item.label[lang]));
    if (item.about[lang]) tip.append(element("span", item.about[lang], "about"));
    for (const key of item.claims.slice(0, 5)) {
      const claim = data.claims[key];
      const quote = element("blockquote", "");
      quote.append(element("div", claim.label[lang]));
      if (claim.quote !== claim.label[lang]) quote.append(element("div", `«${claim.quote}»`));
      quote.append(element("div", claim.who[lang], "who"));
      tip.append(quote);
    }
    if (item.claims.length > 5) tip.append(element("span", `+ ${item.claims.length - 5}`, "about"));
  }

  function hover(event) {
    const group = event.target.closest && event.target.closest("g.node, g.edge");
    const item = group && group.id && named(group.id);
    tip.hidden = !item;
    if (!item) return;
    fill(item);
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 8))}px`;
    tip.style.top = `${Math.max(4, Math.min(event.clientY + 14, innerHeight - box.height - 8))}px`;
  }

  const view = () => pictures.get(lang).getAttribute("viewBox").split(/[\s,]+/).map(Number);
  const look = (box) => pictures.get(lang).setAttribute("viewBox", box.join(" "));
  const scale = () => pictures.get(lang).getScreenCTM().a;

  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const [x, y, width, height] = view();
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(pictures.get(lang).getScreenCTM().inverse());
    const by = Math.exp(event.deltaY * 0.0015);
    look([point.x - (point.x - x) * by, point.y - (point.y - y) * by, width * by, height * by]);
  }, { passive: false });
  let last = null;
  stage.addEventListener("pointerdown", (event) => { last = [event.clientX, event.clientY]; stage.classList.add("moving"); });
  addEventListener("pointerup", () => { last = null; stage.classList.remove("moving"); });
  stage.addEventListener("pointermove", (event) => {
    if (!last) { hover(event); return; }
    tip.hidden = true;
    const [x, y, width, height] = view();
    look([x - (event.clientX - last[0]) / scale(), y - (event.clientY - last[1]) / scale(), width, height]);
    last = [event.clientX, event.clientY];
  });
  stage.addEventListener("pointerleave", () => { tip.hidden = true; });
  stage.addEventListener("click", (event) => { if (event.target.closest("a")) event.preventDefault(); });
  stage.addEventListener("keydown", (event) => {
    const [x, y, width, height] = view();
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const zooms = { "+": 0.8, "=": 0.8, "-": 1.25 };
    if (moves[event.key]) look([x + moves[event.key][0] * width / 10, y + moves[event.key][1] * height / 10, width, height]);
    else if (zooms[event.key]) {
      const by = zooms[event.key];
      look([x + width * (1 - by) / 2, y + height * (1 - by) / 2, width * by, height * by]);
    } else return;
    event.preventDefault();
  });
  search.addEventListener("input", find);
  document.getElementById("whole").addEventListener("click", () => pictures.get(lang).setAttribute("viewBox", whole.get(lang)));
  document.getElementById("language").addEventListener("click", () => { lang = languages.find((one) => one !== lang); show(); });
  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  show();
})();
