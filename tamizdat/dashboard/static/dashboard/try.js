// Says in sentences what the page in the frame has decided.
addEventListener("message", ({ source, data }) => {
  if (source !== document.getElementById("page").contentWindow) return;
  const { names, sentences } = JSON.parse(document.getElementById("words").textContent);
  const list = document.getElementById("verdicts");
  list.replaceChildren(...data.split("; ").filter(Boolean).map((one) => {
    const [ask, said] = one.includes(" ") ? one.split(" ") : ["", one];
    const item = document.createElement("li"), name = document.createElement("strong");
    name.textContent = names[ask] || ask || "Everything";
    const code = said === "asks" ? "" : ` (${said})`;
    item.append(name, said === "asks" ? ": asks" : `: does not ask, because ${sentences[said] || said}`, code);
    item.dataset.verdict = one;
    return item;
  }));
});
