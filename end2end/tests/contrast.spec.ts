// Contrast recomputed from the stylesheet's own tokens, by the formula of WCAG: text 4.5, edges and focus 3.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const CSS = readFileSync(new URL('../../style/tokens.css', import.meta.url), 'utf8');

/** Name to its two colours, light and dark, as they stand in the file. */
function tokens(css: string): Map<string, [string, string]> {
  const found = new Map<string, [string, string]>();
  for (const [, name, light, dark] of css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{3,8}),\s*(#[0-9a-f]{3,8})\)/gi)) if (!found.has(name)) found.set(name, [light, dark]);
  return found;
}

function luminance(hex: string): number {
  const full = hex.length === 4 ? [...hex.slice(1)].map((c) => c + c).join('') : hex.slice(1, 7);
  const [r, g, b] = [0, 2, 4].map((i) => parseInt(full.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m);
  return (x + 0.05) / (y + 0.05);
}

const GROUNDS = ['canvas', 'surface', 'sunken'];
/** Foreground, grounds, least ratio. */
const PAIRS: [string, string[], number][] = [
  ['text', [...GROUNDS, 'accent-weak', 'danger-weak', 'warn-weak', 'ok-weak', 'code', 'line-on'], 4.5],
  ['muted', [...GROUNDS, 'code'], 4.5],
  ['accent', [...GROUNDS, 'accent-weak'], 4.5],
  ['accent-hover', GROUNDS, 4.5],
  ['on-accent', ['accent'], 4.5],
  ['danger', [...GROUNDS, 'danger-weak'], 4.5],
  ['warn', [...GROUNDS, 'warn-weak'], 4.5],
  ['ok', [...GROUNDS, 'ok-weak'], 4.5],
  ['edge', GROUNDS, 3],
  ['focus', GROUNDS, 3],
  ...[1, 2, 3, 4, 5, 6].flatMap((n): [string, string[], number][] => [[`c${n}`, GROUNDS, 4.5], ['on-c', [`c${n}`], 4.5]]),
  ...['j-key', 'j-str', 'j-num', 'j-lit', 'j-pun'].map((name): [string, string[], number] => [name, ['code', 'line-on'], 4.5]),
];

function low(css: string): string[] {
  const all = tokens(css);
  const wrong: string[] = [];
  for (const [name, grounds, least] of PAIRS) for (const ground of grounds) for (const theme of [0, 1]) {
    const [a, b] = [all.get(name)?.[theme], all.get(ground)?.[theme]];
    if (!a || !b) wrong.push(`no colour: ${a ? ground : name}`);
    else if (ratio(a, b) < least) wrong.push(`${name} on ${ground}, ${theme ? 'dark' : 'light'}: ${ratio(a, b).toFixed(2)} < ${least}`);
  }
  return wrong;
}

test('every pair of colours that the pages use has enough contrast', () => {
  expect(tokens(CSS).size).toBeGreaterThan(25);
  expect(low(CSS)).toEqual([]);
});

test('the check can fail', () => {
  expect(ratio('#000000', '#ffffff')).toBeCloseTo(21);
  expect(low(CSS.replace(/(--muted:\s*light-dark\()#[0-9a-f]+/i, '$1#a0a0a0')).length).toBeGreaterThan(0);
});
