/* Shows a page slide by slide: the sections of .pg-slides, full screen, by keyboard or buttons.
   Without this script the page reads from top to bottom. */
(function () {
  "use strict";

  /* In English; pmogen puts the words of the pages' language here. */
  var words = {
    "show": "Show as slides",
    "next": "Next",
    "back": "Back",
    "end": "End (Esc)",
    "slide": "Slide {number} of {count}",
    "help": "Arrow keys, Page Up and Page Down turn slides; F fills the screen; Esc ends."
  };

  function button(name, label, action) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.textContent = label;
    made.addEventListener("click", action);
    return made;
  }

  function start() {
    var box = document.querySelector(".pg-slides");
    if (!box) { return; }
    var slides = Array.from(box.querySelectorAll(".pg-slide"));
    if (!slides.length) { return; }
    var here = 0;
    var shown = false;

    var begin = button("md-button md-button--primary pg-slides__begin", words.show, function () { show(0, true); });
    var help = document.createElement("p");
    help.className = "pg-small";
    help.textContent = words.help;
    box.before(begin, help);

    var bar = document.createElement("div");
    bar.className = "pg-slides__bar";
    bar.hidden = true;
    var where = document.createElement("span");
    where.setAttribute("role", "status");
    where.setAttribute("aria-live", "polite");
    var back = button("pg-slides__turn", words.back, function () { turn(-1); });
    var next = button("pg-slides__turn", words.next, function () { turn(1); });
    var end = button("pg-slides__turn", words.end, hide);
    bar.append(back, where, next, end);
    box.append(bar);
    slides.forEach(function (slide) { slide.tabIndex = -1; });

    function turn(step) { show(Math.min(Math.max(here + step, 0), slides.length - 1)); }

    function show(number, fill) {
      here = number;
      shown = true;
      document.documentElement.classList.add("pg-presenting");
      slides.forEach(function (slide, place) { slide.classList.toggle("pg-slide--shown", place === here); });
      bar.hidden = false;
      back.disabled = here === 0;
      next.disabled = here === slides.length - 1;
      where.textContent = words.slide.replace("{number}", here + 1).replace("{count}", slides.length);
      slides[here].scrollTop = 0;
      slides[here].focus({ preventScroll: true });
      if (fill) { full(); }
    }

    function hide() {
      if (!shown) { return; }
      shown = false;
      document.documentElement.classList.remove("pg-presenting");
      slides.forEach(function (slide) { slide.classList.remove("pg-slide--shown"); });
      bar.hidden = true;
      if (document.fullscreenElement) { document.exitFullscreen(); }
      begin.focus();
    }

    function full() {
      if (document.documentElement.requestFullscreen) {
        document.documentElement.requestFullscreen().catch(function () { /* it is shown in the window then */ });
      }
    }

    var steps = {
      ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1
    };
    document.addEventListener("keydown", function (event) {
      if (!shown || event.ctrlKey || event.metaKey || event.altKey) { return; }
      if (event.key === " " && event.target.closest("a, button")) { return; }
      if (event.key in steps) { turn(steps[event.key]); }
      else if (event.key === "Home") { show(0); }
      else if (event.key === "End") { show(slides.length - 1); }
      else if (event.key === "Escape") { hide(); }
      else if (event.key === "f" || event.key === "F") { full(); }
      else { return; }
      event.preventDefault();
      event.stopPropagation();
    }, true);
    document.addEventListener("fullscreenchange", function () { if (!document.fullscreenElement) { hide(); } });
  }

  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
