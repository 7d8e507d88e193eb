// A wording is drawn once on each device and kept, by the shares that the deck says; no server takes part.
const fills = {};
const wording = ({ as, of }) => {
  (state.dice ||= {})[as] || keep(state.dice[as] = Math.random());
  const [name, , ...needs] = of.find(([, bound]) => state.dice[as] <= bound);
  return [`${as}.${name}`, needs.every((need) => fills[need]) ? "" : "unfilled"];
};
