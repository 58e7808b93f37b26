"""Five hundred ways in which words typed into a field try to run as a script, each calling `ran()`."""

from itertools import product

RUNS = (
    "<script>ran()</script>",
    "<script src=data:text/javascript,ran()></script>",
    "<script type=module>ran()</script>",
    "<img src=x onerror=ran()>",
    "<svg onload=ran()>",
    "<svg><script>ran()</script></svg>",
    "<svg><animate onbegin=ran() attributeName=x dur=1s>",
    "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "<iframe src=javascript:parent.ran()></iframe>",
    "<a href=javascript:ran()>x</a>",
    "<details open ontoggle=ran()>",
    "<body onload=ran()>",
    "<input autofocus onfocus=ran()>",
    "<select autofocus onfocus=ran()></select>",
    "<video><source onerror=ran()></video>",
    "<audio src=x onerror=ran()>",
    "<object data=javascript:ran()></object>",
    "<embed src=javascript:ran()>",
    "<form><button formaction=javascript:ran()>x</button></form>",
    "<meta http-equiv=refresh content='0;url=javascript:ran()'>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=data:text/css,*{color:red}>",
    "<style>@import '//evil.example'</style>",
    "<p style='background:url(javascript:ran())'>",
    "<math><mtext><img src=x onerror=ran()></mtext></math>",
    "<div hx-on::load=ran() hx-get=/ hx-trigger=load>",
    "<div data-region=x hx-get='javascript:ran()' hx-trigger=load></div>",
    "<template><script>ran()</script></template>",
    "<marquee onstart=ran()>",
    "{{constructor.constructor('ran()')()}}",
    "${ran()}",
    "{% load x %}{{ ran }}",
    "javascript:ran()",
)
ROUND = (
    "{}",
    '">{}',
    "'>{}",
    "-->{}",
    "</title>{}",
    "</textarea>{}",
    "</script>{}",
    "]]>{}",
    "</style>{}",
    "\u202e{}\u200b",
    "&lt;{}&gt;",
    "<scr<script>ipt>{}",
    "\\u003c{}\\u003e",
    '" autofocus onfocus=ran() x="{}',
    "' onmouseover=ran() '{}",
    "\n{}\t",
)
PAYLOADS = [around.format(run) for run, around in product(RUNS, ROUND)]
# What words make of a page where they are not held to be words, heard or not: no page of ours has any of it.
MADE = """() => [...document.querySelectorAll("*")].filter((one) =>
  ["BASE", "EMBED", "IFRAME", "MARQUEE", "MATH", "OBJECT", "ANIMATE"].includes(one.tagName.toUpperCase())
  || (one.tagName === "TEMPLATE" && !one.attributes.length)
  || [...one.attributes].some(({ name, value }) => /^(on|hx-on)/.test(name)
    || (/^(action|data|formaction|href|hx-get|src)$/.test(name) && /^\\s*(javascript:|data:text|\\/\\/)/.test(value))
    || (/^(style|content)$/.test(name) && value.includes("javascript:")))
).map((one) => one.outerHTML.slice(0, 200))"""
UNFOLDS = "for (const one of document.querySelectorAll('details')) one.open = true"
