/* The index of the search is by far the heaviest file of the site, and the theme asks for it on every page. With this it
   does so when somebody goes to the search: by mouse, finger or key. */
(() => {
  const wanted = new Promise(done => {
    const look = event => {
      if (event.target.closest?.(".md-search, [for='__search'], [data-md-component='search-button']")) done();
    };
    for (const kind of ["focusin", "pointerdown", "change", "click"]) document.addEventListener(kind, look, true);
    document.addEventListener("keydown", event => { if (["f", "s", "/", "k"].includes(event.key)) done(); }, true);
    if (new URLSearchParams(location.search).has("q")) done();
  });
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, address, ...more) {
    this.isIndex = /\/search(_index)?\.json$/.test(address);
    return open.call(this, method, address, ...more);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (!this.isIndex) return send.apply(this, body);
    wanted.then(() => send.apply(this, body));
  };
})();
