/* A form that is kept in this browser while it is filled in, and gives its answers as a file or as text. It sends nothing.
   Controls are named `entry:part`; an entry counts as answered when the part that the form names has a value. */
(() => {
  "use strict";

  const form = document.getElementById("form");
  const said = form.dataset;
  const entries = [...form.querySelectorAll("[data-entry]")];
  const controls = [...form.querySelectorAll("[name*=':']")];
  const groups = [...form.querySelectorAll("[name=group]")];
  const by = id => document.getElementById(id);
  const status = by("status");
  const bar = by("progress");
  const place = `${said.format}:${said.form}`;
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(10))].map(one => (one % 36).toString(36)).join("");

  let copy = fresh();
  let revision = 0;

  /* What is in the form */

  const group = () => said.group || groups.find(one => one.checked)?.value || "";
  const shown = () => entries.filter(entry => !entry.hidden);
  const value = control => control.type === "radio" ? (control.checked ? control.value : "") : control.value.trim();

  const answers = all => {
    const found = {};
    for (const control of controls) {
      const entry = control.closest("[data-entry]");
      const told = value(control);
      if (!told || !(all || !entry.hidden)) continue;
      const [name, part] = control.name.split(":");
      (found[name] ??= {})[part] = told;
    }
    return found;
  };

  const put = (told, own) => {
    for (const one of groups) one.checked = one.value === own;
    for (const control of controls) {
      const [name, part] = control.name.split(":");
      const wanted = String(told?.[name]?.[part] ?? "");
      if (control.type === "radio") control.checked = control.value === wanted;
      else control.value = wanted;
      if (control.tagName === "SELECT" && control.selectedIndex < 0) control.value = "";
    }
  };

  const asFile = all => ({ format: said.format, group: group(), copy, revision, answers: answers(all) });

  const asText = () => {
    const lines = [said.format];
    if (group()) lines.push(`[GROUP] ${group()}`);
    lines.push(`[COPY] ${copy} ${revision}`);
    for (const [name, parts] of Object.entries(answers(false))) {
      const texts = new Set(controls.filter(one => "text" in one.dataset).map(one => one.name));
      const short = Object.entries(parts).filter(([part]) => !texts.has(`${name}:${part}`));
      if (short.length) lines.push(`[${name}] ${short.map(([part, told]) => `${part} ${told}`).join(", ")}`);
      for (const [part, told] of Object.entries(parts)) {
        if (texts.has(`${name}:${part}`)) lines.push(`[${name}:${part}] ${told.replace(/\s+/g, " ")}`);
      }
    }
    return [...lines, "[END]", ""].join("\n");
  };

  /* Kept in this browser, where it allows that */

  const keep = () => {
    try {
      localStorage.setItem(place, JSON.stringify(asFile(true)));
    } catch {
      by("not-kept").hidden = false;
    }
  };

  const take = told => {
    if (told?.format !== said.format || typeof told.answers !== "object") return false;
    if (/^[a-z0-9]{1,40}$/.test(told.copy)) copy = told.copy;
    revision = Number.isSafeInteger(told.revision) ? told.revision : 0;
    put(told.answers, told.group);
    return true;
  };

  const kept = () => {
    try {
      take(JSON.parse(localStorage.getItem(place) ?? "null"));
    } catch {
      by("not-kept").hidden = false;
    }
  };

  /* What people see of it */

  const counts = entry => controls.some(one => entry.contains(one) && one.name.endsWith(`:${said.counts}`) && value(one));

  const show = () => {
    const own = group();
    for (const entry of entries) {
      const asked = !entry.dataset.groups || entry.dataset.groups.split(" ").includes(own);
      entry.hidden = !asked;
      const undo = entry.querySelector("[data-undo]");
      if (undo) undo.hidden = !counts(entry);
    }
    for (const part of form.querySelectorAll("[data-part]")) {
      part.hidden = !part.querySelector("[data-entry]:not([hidden])");
    }
    by("choose")?.toggleAttribute("hidden", Boolean(own));
    const open = shown().filter(entry => !counts(entry));
    const done = shown().length - open.length;
    const told = shown().length ? filled(said.answered, { done, all: shown().length }) : said.begin;
    if (status.textContent !== told) status.textContent = told;
    bar.max = Math.max(1, shown().length);
    bar.value = done;
    missing(open);
    by("text").value = asText();
    const body = encodeURIComponent(asText().replace(/\n/g, "\r\n"));
    const short = body.length < 1800 ? body : encodeURIComponent(said.paste);
    by("mail").href = `mailto:${said.mailTo ?? ""}?subject=${encodeURIComponent(said.subject)}&body=${short}`;
  };

  const missing = open => {
    by("missing").hidden = !open.length || !shown().length;
    by("missing-list").replaceChildren(...open.map(entry => {
      const link = document.createElement("a");
      link.href = `#${entry.id}`;
      link.textContent = entry.dataset.name;
      const line = document.createElement("li");
      line.append(link);
      return line;
    }));
  };

  const tell = text => { by("told").textContent = text; };

  /* What people do */

  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", event => {
    if (!event.target.name) return;
    revision += 1;
    keep();
    show();
  });
  form.addEventListener("click", event => {
    const undo = event.target.closest("[data-undo]");
    if (!undo) return;
    const entry = undo.closest("[data-entry]");
    const own = [...entry.querySelectorAll("[type=radio]")];
    for (const one of own) one.checked = false;
    revision += 1;
    keep();
    show();
    own[0]?.focus();
  });
  by("missing-list").addEventListener("click", event => {
    const entry = event.target.closest("a") && by(event.target.hash.slice(1));
    if (!entry) return;
    event.preventDefault();
    entry.scrollIntoView();
    entry.querySelector("input, select, textarea").focus({ preventScroll: true });
  });
  by("save").addEventListener("click", () => {
    const file = new Blob([`${JSON.stringify(asFile(false), null, 1)}\n`], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${said.file}-${copy}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    tell(filled(said.saved, { file: link.download }));
  });
  by("copy").addEventListener("click", async () => {
    by("text").select();
    try {
      await navigator.clipboard.writeText(asText());
    } catch {
      document.execCommand("copy");
    }
    tell(said.copied);
  });
  by("go-on").addEventListener("change", async event => {
    const [file] = event.target.files;
    let told = null;
    try {
      told = JSON.parse(await file.text());
    } catch {
      // said below
    }
    const good = take(told);
    tell(good ? said.loaded : said.notLoaded);
    if (good) {
      keep();
      show();
    }
    event.target.value = "";
  });
  by("forget").addEventListener("click", () => {
    if (!confirm(said.sure)) return;
    put({}, "");
    copy = fresh();
    revision = 0;
    try {
      localStorage.removeItem(place);
    } catch {
      // nothing was kept
    }
    show();
    tell(said.forgotten);
    scrollTo(0, 0);
  });
  addEventListener("beforeprint", () => {
    if (!group() && groups.length) for (const entry of form.querySelectorAll("[data-entry], [data-part]")) entry.hidden = false;
  });
  addEventListener("afterprint", show);

  kept();
  show();
})();
