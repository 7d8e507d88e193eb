// Wagtail keeps a draft by itself while one writes. An article that is sent meanwhile would be made twice, and refused:
// it waits until the draft is kept, and nothing more is kept once it has gone.
{
  let keeping, sent;

  const send = ({ target: form, submitter }) => {
    // The button may have been put out, or replaced with the draft's: what it says goes along by itself.
    const { name, value } = submitter ?? {};
    if (name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    form.requestSubmit();
  };

  addEventListener("submit", event => {
    if (!event.target.matches('[data-controller~="w-autosave"]')) return;
    sent ??= event;
    if (!keeping || keeping.defaultPrevented) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  addEventListener("w-autosave:save", event => {
    if (sent) event.preventDefault();
    else keeping = event;
  });
  for (const name of ["w-autosave:success", "w-autosave:error"]) addEventListener(name, () => {
    keeping = undefined;
    if (sent) send(sent);
  });
  addEventListener("pageshow", () => { sent = undefined; });
}
