// While an ask is being written, says below each of its texts what a friend would say: see asks/rules/wordings.py.
const { hints: address } = document.currentScript.dataset;
let waiting;
addEventListener("input", ({ target }) => {
  if (!/^wordings-\d+-value-texts-\d+-value-text$/.test(target.name)) return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const said = new FormData(), form = target.form;
    said.set("text", target.value);
    said.set("language", form.elements[target.name.replace(/text$/, "language")].value);
    said.set("placement", form.elements.placement.value);
    said.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const answer = await fetch(address, { method: "POST", body: said });
    if (!answer.ok) return;
    let place = target.parentElement.querySelector("[role=status]");
    if (!place) {
      place = Object.assign(document.createElement("p"), { className: "help" });
      place.setAttribute("role", "status");
      target.after(place);
    }
    place.textContent = (await answer.json()).hints.join(" ");
  }, 600);
});
