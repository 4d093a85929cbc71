"""The content security policy holds: the site works under it, and what is not of the site does not run."""

from __future__ import annotations

import pytest

from tests.browser import visit

INJECTED = """
window.ran = [];
const script = document.createElement('script');
script.textContent = "window.ran.push('script element')";
document.body.append(script);
document.body.insertAdjacentHTML('beforeend', '<img src="nothing.png" onerror="window.ran.push(\\'handler\\')">');
const picture = document.body.lastElementChild;
document.body.insertAdjacentHTML('beforeend', '<a id="bad" href="javascript:void window.ran.push(\\'address\\')">click</a>');
document.getElementById('bad').click();
const far = document.createElement('script');
far.src = 'https://example.org/far.js';
document.body.append(far);
setTimeout("window.ran.push('text that is run')");
const over = (one, ...names) => new Promise(done => names.forEach(name => one.addEventListener(name, done)));
Promise.all([over(picture, 'error'), over(far, 'error', 'load')])
    .then(() => new Promise(done => setTimeout(() => done(window.ran))))
"""


def far_host(route):
    """Another host, which answers with a script."""
    route.fulfill(body="window.ran.push('from afar')", content_type="text/javascript")


@pytest.mark.parametrize("way", ["http", "disk"])
def test_what_is_not_of_the_site_does_not_run(browser, host, site, way):
    with visit(browser) as seen:
        seen.page.route("https://example.org/**", far_host)
        seen.open(host if way == "http" else (site / "index.html").as_uri())
        assert seen.page.evaluate(INJECTED) == []
        assert sum("Content Security Policy" in told for told in seen.complaints) >= 4


def test_without_the_policy_it_would_have_run(browser, host):
    """So the test above can fail."""
    with visit(browser, bypass_csp=True) as seen:
        seen.page.route("https://example.org/**", far_host)
        seen.open(host)
        assert set(seen.page.evaluate(INJECTED)) == {
            "script element",
            "handler",
            "address",
            "from afar",
            "text that is run",
        }


def test_every_page_has_one_before_anything_else(site):
    for path in site.rglob("*.html"):
        head = path.read_text("utf-8")[:2000]
        place = head.index("""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; """)
        assert "unsafe" not in head[place:]
        assert not {"<script", "<link"} & set(head[:place].split()), path
