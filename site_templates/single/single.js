/* The one-file playbook: one page at a time, search in all of them, light and dark. Without it everything stands below
   each other and the contents are links, so that nothing is lost. */
(() => {
  "use strict";

  const body = document.body;
  const whole = document.documentElement.classList;
  const pages = new Map([...document.querySelectorAll(".one-page")].map(page => [page.id, page]));
  const field = document.getElementById("one-search");
  const found = document.getElementById("one-found");
  const nav = document.getElementById("one-nav");
  const menu = document.getElementById("one-menu");
  const all = document.getElementById("one-all");
  const title = document.title;
  let shown = null;

  const heading = page => page.querySelector("h1, h2");
  const words = text => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  const show = (target, focus) => {
    const page = pages.get(target.split("--")[0]) ?? pages.values().next().value;
    if (page !== shown) {
      shown?.classList.remove("one-shown");
      page.classList.add("one-shown");
      shown = page;
      document.title = page.id === "index" ? title : `${heading(page)?.textContent.trim()} - ${title}`;
      for (const link of nav.querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
      const own = [...nav.querySelectorAll("a")].find(link => decodeURIComponent(link.hash) === `#${page.id}`);
      own?.setAttribute("aria-current", "page");
      for (let part = own?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    }
    const place = document.getElementById(target) ?? page;
    for (let part = place.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    if (place === page && !whole.contains("one-whole")) scrollTo(0, 0);
    else place.scrollIntoView();
    if (focus) {
      const first = place === page ? heading(page) ?? page : place;
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    }
  };

  const here = () => decodeURIComponent(location.hash.slice(1)) || "index";

  const open = focus => {
    if (here() === "whole" && !whole.contains("one-whole")) all.click();
    else show(here(), focus);
  };

  const close = () => {
    found.hidden = true;
    found.replaceChildren();
    nav.classList.remove("one-open");
    menu.setAttribute("aria-expanded", "false");
  };

  addEventListener("hashchange", () => {
    if (here() === "content") return;
    close();
    open(true);
  });

  /* Search: every word has to be in the page, or in the beginning of a word of it; a word in the heading counts most. */
  let index = null;
  const indexed = () => index ??= [...pages.values()].map(page => {
    const text = page.textContent.replace(/\s+/g, " ");
    const name = heading(page)?.textContent.trim() ?? page.id;
    return { page, text, name, low: text.toLowerCase(), head: name.toLowerCase() };
  });

  const score = (entry, wanted) => {
    let sum = 0;
    for (const word of wanted) {
      const times = entry.low.split(word).length - 1;
      if (!times) return 0;
      sum += Math.min(times, 10) + (entry.head.includes(word) ? 100 : 0);
    }
    return sum;
  };

  const excerpt = (entry, word) => {
    const at = Math.max(0, entry.low.indexOf(word, entry.head.length));
    const from = Math.max(0, at - 60);
    const told = document.createElement("p");
    const mark = document.createElement("mark");
    mark.textContent = entry.text.slice(at, at + word.length);
    told.append(from ? "… " : "", entry.text.slice(from, at), mark, entry.text.slice(at + word.length, at + 120), " …");
    return told;
  };

  const search = () => {
    const wanted = words(field.value);
    if (!wanted.length) return close();
    const hits = indexed().map(entry => [score(entry, wanted), entry]).filter(([points]) => points);
    hits.sort((one, other) => other[0] - one[0]);
    const count = document.createElement("p");
    count.textContent = found.dataset.count.replace("{found}", hits.length).replace("{count}", pages.size);
    const list = document.createElement("ul");
    for (const [, entry] of hits.slice(0, 30)) {
      const link = document.createElement("a");
      link.href = `#${entry.page.id}`;
      link.textContent = entry.name;
      link.addEventListener("click", () => { if (here() === entry.page.id) { close(); show(entry.page.id, true); } });
      const line = document.createElement("li");
      line.append(link, excerpt(entry, wanted[0]));
      list.append(line);
    }
    found.replaceChildren(count, list);
    found.hidden = false;
    scrollTo(0, 0);
  };

  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  addEventListener("keydown", event => {
    if (event.key === "Escape" && !found.hidden) { field.value = ""; close(); field.focus(); }
    if (event.key === "/" && !event.target.closest("input, textarea, select")) { event.preventDefault(); field.focus(); }
  });

  menu.addEventListener("click", () => {
    menu.setAttribute("aria-expanded", String(nav.classList.toggle("one-open")));
  });
  all.addEventListener("click", () => {
    all.setAttribute("aria-pressed", String(whole.toggle("one-whole")));
    show(here(), false);
  });

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const colour = isDark => body.setAttribute("data-md-color-scheme", isDark ? "slate" : "default");
  dark.addEventListener("change", () => colour(dark.matches));
  document.getElementById("one-colours").addEventListener("click", () => {
    colour(body.getAttribute("data-md-color-scheme") !== "slate");
  });

  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll(".one-page details:not([open])")) {
      part.open = true;
      part.dataset.printed = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const part of document.querySelectorAll("details[data-printed]")) {
      part.open = false;
      delete part.dataset.printed;
    }
  });

  colour(dark.matches);
  open(false);
})();
