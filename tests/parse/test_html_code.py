"""Code on pages: as highlighters write it, with line numbers beside and in it, and as one fence in the main text."""

import pytest

from content_audit.parse.html import main_markdown
from content_audit.parse.html.block import document
from content_audit.parse.html.code import plain_code
from content_audit.parse.html.markdown import blocks
from content_audit.parse.html.tree import tree

LINES = ["def fill(jar):", "    while jar.room:", "        jar.add(1)", "", "    return jar"]
CODE = "\n".join(LINES)
COLOURED = CODE.replace("def", "<span class=k>def</span>").replace("while", "<span class=k>while</span>")
NUMBERS = "".join(f"{n}\n" for n in range(1, 6))
TEXT = [
    "The jars were boiled on Sunday evening, and they stood upside down on a cloth until the fruit was ready for them.",
    "Nobody weighs the sugar in that kitchen, which is why no two years of this jam have ever tasted quite the same.",
    "A script that counts the jars came later, when the shelves in the cellar were full and the list was lost again.",
    "It prints what is left on the first of each month, and the cook crosses out whatever the neighbours were given.",
]


def fenced(code: str) -> str:
    root = tree(f"<html><body>{code}</body></html>")
    assert root is not None
    plain_code(root)
    return document(blocks(root, None, {}))


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(
            '<figure class="highlight python"><table><tr><td class="gutter"><pre>'
            + "".join(f'<span class="line">{n}</span><br>' for n in range(1, 6))
            + '</pre></td><td class="code"><pre>'
            + "".join(f'<span class="line">{line}</span><br>' for line in LINES)
            + "</pre></td></tr></table></figure>",
            id="Hexo",
        ),
        pytest.param(
            '<div class="language-python highlighter-rouge"><div class="highlight"><pre class="highlight"><code>'
            f'<table class="rouge-table"><tr><td class="gutter gl"><pre class="lineno">{NUMBERS}</pre></td>'
            f'<td class="code"><pre>{COLOURED}\n</pre></td></tr></table></code></pre></div></div>',
            id="Rouge",
        ),
        pytest.param(
            '<figure class="highlight"><pre><code data-lang="python"><table><tr>'
            f'<td class="gutter gl"><pre class="lineno">{NUMBERS}</pre></td>'
            f'<td class="code"><pre>{COLOURED}</pre></td></tr></table></code></pre></figure>',
            id="Rouge in a figure",
        ),
        pytest.param(
            '<div class="highlight-python"><table class="highlighttable"><tr><td class="linenos"><div>'
            f'<pre>{NUMBERS}</pre></div></td><td class="code"><div class="highlight"><pre><span></span>{COLOURED}</pre>'
            "</div></td></tr></table></div>",
            id="Sphinx",
        ),
        pytest.param(
            '<div class="highlight-python"><div class="highlight"><pre><span></span>'
            + "\n".join(f'<span class="linenos">{n}</span>{line}' for n, line in enumerate(LINES, 1))
            + "</pre></div></div>",
            id="Sphinx, numbers in the lines",
        ),
        pytest.param(
            '<div class="chroma"><table class="lntable"><tr><td class="lntd"><pre class="chroma"><code>'
            + "".join(f'<span class="lnt">{n}\n</span>' for n in range(1, 6))
            + f'</code></pre></td><td><pre><code class="language-python">{COLOURED}</code></pre></table></div>',
            id="Chroma",
        ),
    ],
)
def test_highlighted_code_is_one_fence_without_its_line_numbers(code: str) -> None:
    fence = f"```python\n{CODE}\n```\n"
    assert fenced(code) == fence
    before, after = (f"<p>{TEXT[i]}</p><p>{TEXT[i + 1]}</p>" for i in (0, 2))
    page = f"<html><body><nav>Menu</nav><article><h2>Jam</h2>{before}{code}{after}</article></body></html>"
    assert f"{TEXT[1]}\n\n{fence}\n{TEXT[2]}\n" in main_markdown(page, None)


def test_code_that_looks_like_prose_is_no_quotation() -> None:
    code = "<pre>jars  left\n\nplum     12</pre>"
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    assert "```\njars  left\n\nplum     12\n```\n" in main_markdown(f"<article>{text}{code}{text}</article>", None)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("<div class=u-gutter><p>Room for text</div>", "Room for text\n", id="a layout's gutter"),
        pytest.param("<p>In <span class=ln>1984</span> it rained", "In 1984 it rained\n", id="a number in prose"),
        pytest.param(
            "<table><tr><td class=lineno>1<td>a<tr><td class=lineno>2<td>b</table>",
            "| 1 | a |\n| --- | --- |\n| 2 | b |\n",
            id="numbered rows without code",
        ),
        pytest.param("<pre><span class=ln>x</span> 1</pre>", "```\nx 1\n```\n", id="words in the gutter"),
        pytest.param(
            "<table><tr><td>Call<td><pre>a()</pre></table>", "Call\n\n```\na()\n```\n", id="code beside words"
        ),
        pytest.param("<pre>a&#1;b\x07</pre>", "```\nab\n```\n", id="control characters"),
    ],
)
def test_what_is_no_line_number(page: str, expected: str) -> None:
    assert fenced(page) == expected
