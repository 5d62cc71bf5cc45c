/** How a fact is known: a page says so, a real object shows it, or it follows from something near. */
export type Confidence = 'documented' | 'observed' | 'inferred';
