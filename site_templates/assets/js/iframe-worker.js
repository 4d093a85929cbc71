/* Search from disk. Browsers start no worker for a page that was opened as a file, so there the search runs in a hidden
   frame instead. (After iframe-worker by Martin Donath, MIT; this one adds no inline script, so that it works under the
   content security policy. The theme looks for a file of this name.) */
(() => {
  if (location.protocol !== "file:") return;

  class FrameWorker extends EventTarget {
    constructor(address) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      const inside = this.frame.contentDocument;
      inside.open();
      inside.write("<!doctype html><title>Search</title>");
      inside.close();
      this.inside = this.frame.contentWindow;
      this.inside.postMessage = data => setTimeout(() => this.received(data));
      this.inside.importScripts = (...files) =>
        files.reduce((before, file) => before.then(() => this.load(file)), Promise.resolve());
      this.ready = this.load(address);
    }

    load(address) {
      return new Promise((loaded, failed) => {
        const script = this.inside.document.createElement("script");
        script.src = new URL(address, document.baseURI);
        script.onload = loaded;
        script.onerror = () => failed(new Error(`${address} cannot be read`));
        this.inside.document.body.append(script);
      });
    }

    received(data) {
      const message = new MessageEvent("message", { data });
      this.dispatchEvent(message);
      this.onmessage?.(message);
    }

    postMessage(data) {
      this.ready.then(() => {
        this.inside.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) }));
      });
    }

    terminate() {
      this.frame.remove();
    }
  }

  window.IFrameWorker = window.Worker = FrameWorker;
})();
