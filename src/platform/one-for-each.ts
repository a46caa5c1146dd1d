/** Makes one thing for each of what it is asked for, and gives it again: such as one for a process's services. */
export function oneForEach<Whose extends object, Thing>(
  make: (whose: Whose) => Thing,
): (whose: Whose) => Thing {
  const all = new WeakMap<Whose, { thing: Thing }>();
  return (whose) => {
    const known = all.get(whose) ?? { thing: make(whose) };
    all.set(whose, known);
    return known.thing;
  };
}
