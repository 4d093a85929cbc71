/* On paper one cannot look up where a page came from, so its foot says so. */
(() => {
  let line = null;
  addEventListener("beforeprint", () => {
    const foot = document.querySelector(".pg-foot");
    if (!foot || line) return;
    line = document.createElement("p");
    line.className = "pg-printed";
    line.textContent = location.href;
    foot.append(line);
  });
  addEventListener("afterprint", () => {
    line?.remove();
    line = null;
  });
})();
