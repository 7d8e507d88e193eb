// A long text goes on in its place: its next part is fetched when the reader asks for it, and never before.
// Whatever fails, the link leads there as it does without script. The address stays: it is the whole text's.
addEventListener("click", async (event) => {
  const link = event.target.closest("[rel=next]");
  if (!link || event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const way = link.parentNode;
  if (way.ariaBusy) return;
  way.ariaBusy = true;
  way.style.minHeight = "100vh"; // what stands below moves at the reader's click, and not once more
  try {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    for (const name of ["href", "src", "srcset", "action"])
      for (const one of page.querySelectorAll(`main [${name}]:not([href^="#"])`)) {
        const lead = (_, comma, path) => comma + new URL(path, answer.url);
        one.setAttribute(name, one.getAttribute(name).replace(/(^|, )(\S+)/g, lead));
      }
    const back = page.querySelector("a[rel=prev]"), part = page.querySelector(".part");
    (back.nextElementSibling ? back : back.parentNode).remove();
    const text = [part], more = page.querySelector(".more");
    while (text.at(-1).nextSibling) text.push(text.at(-1).nextSibling);
    way.replaceWith(...text);
    if (more) document.querySelector("main").append(more);
    part.focus({ preventScroll: true });
    look(); // what asks there is counted too: see asks/decide.js
  } catch {
    location.assign(link.href);
  }
});
