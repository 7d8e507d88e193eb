// A paste that no block may hold would freeze the browser long before the desk could refuse it.
{
  const { most } = document.currentScript.dataset;
  document.addEventListener("paste", event => {
    const { length } = event.clipboardData.getData("text/plain");
    if (length <= most || !event.target.closest(".Draftail-Editor")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const say = number => Number(number).toLocaleString("en");
    const text = `Nothing was pasted: it has ${say(length)} letters, more than the ${say(most)} that one block holds. `
      + "Paste it in parts, each into a paragraph of its own.";
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { text, type: "error" } }));
  }, true);
}
