"""How a page of any company looks: plain, and honest that nothing moves."""

STYLE = """
:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:26rem;margin:3rem auto;padding:0 1rem}
button{display:block;width:100%;min-height:3rem;margin:.6rem 0;font:inherit;font-weight:600}
.amount{font-size:2.2rem;margin:.2rem 0}.note{border:1px dashed;padding:.6rem .8rem}
input{font:inherit;width:100%;min-height:2.6rem}
"""


def page(title: str, body: str) -> str:
    note = "<p class=note>This company only pretends: no money moves here.</p>"
    head = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    head += f"<title>{title}</title>"
    return f"{head}<style>{STYLE}</style><main><h1>{title}</h1>{note}{body}</main></html>"
