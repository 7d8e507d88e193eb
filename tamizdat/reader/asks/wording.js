// A wording is drawn once on each device and kept, by the shares that the deck says; no server takes part.
const fills = {};
const wording = ({ as, of }) => {
  const drawn = ((state.dice ||= {})[as] ||= Math.random());
  keep();
  const [name, , ...needs] = of.find(([, bound]) => drawn <= bound);
  return [`${as}.${name}`, needs.every((need) => fills[need]) ? "" : "unfilled"];
};
