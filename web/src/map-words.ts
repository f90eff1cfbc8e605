// The words' functions of app.ts, see there why they are handed over.
import type * as texts from './texts';

export type Words = Pick<typeof texts, 'announce' | 'text'>;
let words: Words;
export const useWords = (given: Words): void => {
  words = given;
};
export const announce: Words['announce'] = (spoken) => words.announce(spoken);
export const text: Words['text'] = (...wish) => words.text(...wish);
