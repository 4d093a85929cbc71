/* Filter and sort for long tables, and a way into wide ones by keyboard. Without this script every table is whole; nothing here leaves the page.
   A table takes part when it stands in an element of the class pg-filter and has at least ROWS rows. What is chosen
   stands in the address (?candidates=board&candidates.sort=2-down), so that a view can be shared. */
(function () {
  "use strict";

  var ROWS = 8;
  var CHOICES = 8;
  /* In English; pmogen puts the words of the pages' language here. */
  var words = {
    "language": "en",
    "filter": "Filter this table",
    "all": "all",
    "sort": "sort by {heading}",
    "shown": "{shown} of {count} rows shown",
    "none": "No row fits.",
    "clear": "Show all"
  };
  var order = new Intl.Collator(document.documentElement.lang || "en", { numeric: true, sensitivity: "base" });
  var SIZES = { L: 1, M: 2, H: 3 };

  function element(name, properties, children) {
    var made = document.createElement(name);
    Object.keys(properties || {}).forEach(function (key) {
      if (key in made) { made[key] = properties[key]; } else { made.setAttribute(key, properties[key]); }
    });
    (children || []).forEach(function (child) { made.append(child); });
    return made;
  }

  function text(cell) {
    return cell ? cell.textContent.replace(/\s+/g, " ").trim() : "";
  }

  /* The signs and months of the language: 1,200.5 and 26 June 2026, or 1.200,5 and 26. Juni 2026. */
  var signs = {};
  new Intl.NumberFormat(words.language, { useGrouping: true }).formatToParts(-1234567.8).forEach(function (part) {
    signs[part.type] = part.value.replace(/[\s.]/g, function (sign) { return sign === "." ? "\\." : " "; });
  });
  var NUMBER = new RegExp(
    "^[+-]?(?:\\d{1,3}(?:" + signs.group + "\\d{3})+(?!\\d)|\\d+)(?:" + signs.decimal + "\\d+)?(?=$|[\\s%,;/])"
  );
  var DAY = /^(\d{1,2})\.? (?:de )?(\p{L}+)\.? (?:de )?(\d{4})/u;
  var MONTHS = Array.from({ length: 12 }, function (nothing, month) {
    return new Intl.DateTimeFormat(words.language, { month: "long", timeZone: "UTC" })
      .format(new Date(Date.UTC(2000, month, 1))).toLowerCase();
  });

  /* The number that a text begins with, be it of a currency, or nothing. */
  function number(told) {
    var found = told.replace(/^[A-Z]{3} (?=\d)/, "").replace(/\u2212/g, "-").match(NUMBER);
    if (!found) { return NaN; }
    return parseFloat(found[0].replace(new RegExp(signs.group, "g"), "").replace(new RegExp(signs.decimal), "."));
  }

  /* What a cell is compared by: a number, a size (L below M below H), a day, or its words. */
  function value(cell) {
    var told = text(cell);
    var day = told.match(DAY);
    var month = day ? MONTHS.indexOf(day[2].toLowerCase()) : -1;
    if (month >= 0) { return Date.UTC(day[3], month, day[1]); }
    var counted = number(told);
    if (!isNaN(counted)) { return counted; }
    if (/^[LMH](?:$|[\s,])/.test(told)) {
      var rest = number(told.slice(1).trim());
      return SIZES[told[0]] * 1000 + (isNaN(rest) ? 0 : rest);
    }
    return told;
  }

  function compare(one, other) {
    var empty = function (told) { return told === "" || told === "\u2013"; };
    if (empty(one) !== empty(other)) { return empty(one) ? 1 : -1; }
    if (typeof one === "number" && typeof other === "number") { return one - other; }
    if (typeof one !== typeof other) { return typeof one === "number" ? -1 : 1; }
    return order.compare(one, other);
  }

  /* Rows in italics say something about all others: they keep their place and are never hidden. */
  function isSum(row) {
    return Boolean(row.cells[0] && row.cells[0].querySelector("em") && !row.cells[0].querySelector("a"));
  }

  function headingBefore(node) {
    for (var here = node; here && !here.matches(".md-content__inner"); here = here.parentElement) {
      for (var before = here.previousElementSibling; before; before = before.previousElementSibling) {
        if (/^H[1-6]$/.test(before.tagName) && before.id) { return before; }
      }
    }
    return null;
  }

  function name(heading) {
    return text(heading).replace("\u00b6", "").trim();
  }

  /* What is wider than the screen scrolls in a box of its own: a stop for the keyboard, but only while it scrolls. */
  var scrolling = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      var box = entry.target;
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", name(headingBefore(box)));
      } else {
        ["tabindex", "role", "aria-label"].forEach(function (key) { box.removeAttribute(key); });
      }
    });
  });

  function Address() {
    this.values = new URLSearchParams(window.location.search);
  }
  Address.prototype.get = function (key) { return this.values.get(key) || ""; };
  Address.prototype.set = function (key, told) {
    if (told) { this.values.set(key, told); } else { this.values.delete(key); }
    var query = this.values.toString();
    try {
      window.history.replaceState(null, "", window.location.pathname + (query ? "?" + query : "") + window.location.hash);
    } catch (refused) {
      /* some browsers do not let a page from disk change its address: the filter works all the same */
    }
  };

  function enhance(box, address, taken) {
    var table = box.querySelector("table");
    var body = table && table.tBodies[0];
    if (!body || !table.tHead || body.rows.length < ROWS) { return; }
    var all = Array.from(body.rows);
    var rows = all.filter(function (row) { return !isSum(row); });
    var sums = all.filter(isSum);
    var heads = Array.from(table.tHead.rows[0].cells);
    var heading = headingBefore(box);
    var key = heading ? heading.id : "table";
    taken[key] = (taken[key] || 0) + 1;
    if (taken[key] > 1) { key += "-" + taken[key]; }
    var told = rows.map(function (row) { return text(row).toLowerCase(); });
    var state = { words: "", choices: {}, column: -1, down: false };

    var search = element("input", { type: "search", className: "pg-tools__search", autocomplete: "off" });
    search.setAttribute("aria-label", words.filter);
    search.placeholder = words.filter;
    var clear = element("button", { type: "button", className: "pg-tools__clear", textContent: words.clear, hidden: true });
    var count = element("p", { className: "pg-tools__count" });
    count.setAttribute("role", "status");
    count.setAttribute("aria-live", "polite");
    var selects = [];
    var tools = element("div", { className: "pg-tools", role: "search" }, [search]);
    tools.setAttribute("aria-label", words.filter + (heading ? ": " + name(heading) : ""));

    heads.forEach(function (head, column) {
      var found = {};
      rows.forEach(function (row) { var said = text(row.cells[column]); if (said) { found[said] = (found[said] || 0) + 1; } });
      var names = Object.keys(found);
      var short = names.every(function (name) { return name.length <= 32; });
      var measured = names.some(function (name) { return /\d/.test(name); });
      if (column && !measured && names.length > 1 && names.length <= CHOICES && rows.length >= 2 * names.length && short) {
        names.sort(order.compare);
        var select = element("select", { className: "pg-tools__choice" });
        select.setAttribute("aria-label", text(head));
        select.append(element("option", { value: "", textContent: text(head) + ": " + words.all }));
        names.forEach(function (said) { select.append(element("option", { value: said, textContent: said })); });
        select.addEventListener("change", function () { state.choices[column] = select.value; show(true); });
        selects.push({ column: column, select: select });
        tools.append(select);
      }
      var button = element("button", { type: "button", className: "pg-sort" });
      button.title = words.sort.replace("{heading}", text(head));
      while (head.firstChild) {
        if (head.firstChild.nodeType === 1 && (head.firstChild.matches("a") || head.firstChild.querySelector("a"))) { break; }
        button.append(head.firstChild);
      }
      if (!button.textContent.trim()) { button.setAttribute("aria-label", button.title); }
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", function () {
        if (state.column === column && state.down) { state.column = -1; state.down = false; }
        else if (state.column === column) { state.down = true; }
        else { state.column = column; state.down = false; }
        show(true);
      });
    });
    tools.append(clear, count);
    box.prepend(tools);

    search.addEventListener("input", function () { state.words = search.value; show(true); });
    search.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && search.value) { search.value = state.words = ""; show(true); event.preventDefault(); }
    });
    clear.addEventListener("click", function () {
      state.words = search.value = "";
      selects.forEach(function (entry) { entry.select.value = ""; });
      state.choices = {};
      show(true);
      search.focus();
    });

    function show(keep) {
      var wanted = state.words.toLowerCase().split(/\s+/).filter(Boolean);
      var fitting = 0;
      rows.forEach(function (row, number) {
        var fits = wanted.every(function (word) { return told[number].indexOf(word) >= 0; }) &&
          Object.keys(state.choices).every(function (column) {
            return !state.choices[column] || text(row.cells[column]) === state.choices[column];
          });
        row.hidden = !fits;
        fitting += fits ? 1 : 0;
      });
      var sorted = rows.slice();
      if (state.column >= 0) {
        sorted.sort(function (one, other) {
          var found = compare(value(one.cells[state.column]), value(other.cells[state.column]));
          return state.down ? -found : found;
        });
      }
      sums.filter(function (row) { return all.indexOf(row) < all.length / 2; }).forEach(function (row) { body.append(row); });
      sorted.forEach(function (row) { body.append(row); });
      sums.filter(function (row) { return all.indexOf(row) >= all.length / 2; }).forEach(function (row) { body.append(row); });
      heads.forEach(function (head, column) {
        head.setAttribute("aria-sort", column !== state.column ? "none" : state.down ? "descending" : "ascending");
      });
      var narrowed = fitting < rows.length;
      clear.hidden = !narrowed;
      count.textContent = fitting
        ? (narrowed ? words.shown.replace("{shown}", fitting).replace("{count}", rows.length) : "")
        : words.none;
      if (keep) {
        address.set(key, state.words);
        address.set(key + ".sort", state.column < 0 ? "" : state.column + 1 + (state.down ? "-down" : ""));
        selects.forEach(function (entry) {
          address.set(key + "." + (entry.column + 1), state.choices[entry.column] || "");
        });
      }
    }

    search.value = state.words = address.get(key);
    selects.forEach(function (entry) {
      var chosen = address.get(key + "." + (entry.column + 1));
      if (Array.from(entry.select.options).some(function (option) { return option.value === chosen; })) {
        entry.select.value = state.choices[entry.column] = chosen;
      }
    });
    var sort = address.get(key + ".sort").match(/^(\d+)(-down)?$/);
    if (sort && sort[1] >= 1 && sort[1] <= heads.length) { state.column = sort[1] - 1; state.down = Boolean(sort[2]); }
    show(false);
  }

  /* What a phone needs to show a row as a card: the heading of each cell, and which cells want a line of their own.
     A table of many columns is a matrix, which only makes sense as one. */
  function label(table) {
    var heads = table.tHead ? Array.from(table.tHead.rows[0].cells).map(text) : [];
    if (heads.length < 3 || heads.length > 6 || table.closest("details.abstract")) { return; }
    table.dataset.stacked = "";
    table.setAttribute("role", "table");
    table.querySelectorAll("thead, tbody").forEach(function (part) { part.setAttribute("role", "rowgroup"); });
    table.querySelectorAll("tr").forEach(function (row) { row.setAttribute("role", "row"); });
    table.querySelectorAll("td").forEach(function (cell) {
      var said = text(cell);
      var head = heads[cell.cellIndex];
      cell.setAttribute("role", "cell");
      if (cell.cellIndex && head) { cell.dataset.label = head + (head.endsWith("?") ? "" : ":"); }
      if (!said || said === "\u2013") { cell.dataset.empty = ""; }
      if (said.length + head.length > 24) { cell.dataset.long = ""; }
    });
  }

  function start() {
    var address = new Address();
    var taken = {};
    document.querySelectorAll(".md-typeset table:not([class])").forEach(label);
    document.querySelectorAll(".pg-filter").forEach(function (box) { enhance(box, address, taken); });
  }

  window.addEventListener("load", function () {
    document.querySelectorAll(".md-typeset__scrollwrap").forEach(function (box) { scrolling.observe(box); });
  });

  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
