// The automated checklist, check by check. Each gives back what is wrong, so that its negative control can count it.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * axe-core with every rule of WCAG 2.0 to 2.2 A and AA, and best practice. Its ‘legacy mode’ gathers what it found in the page
 * itself instead of a new one, which matters where frames of other sites are, and takes a quarter of the time.
 */
export async function axe(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).options({ runOnly: TAGS, resultTypes: ['violations'] }).setLegacyMode().analyze();
  if (found.passes.length < 10) return ['axe looked at nothing'];
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')}`);
}

/** One h1, no level left out, landmarks, language, title, the prefix of errors, empty live regions. */
export function structure(page: Page, lang: string, wizard: boolean): Promise<string[]> {
  return page.evaluate(({ lang, wizard }) => {
    const wrong: string[] = [];
    const visible = (e: Element) => e.checkVisibility() && !e.closest('dialog:not([open])');
    const levels = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(visible).map((h) => +h.tagName[1]);
    if (levels.filter((n) => n === 1).length !== 1) wrong.push(`h1: ${levels}`);
    levels.forEach((n, i) => { if (i > 0 && n > levels[i - 1] + 1) wrong.push(`heading level left out: ${levels}`); });
    for (const mark of wizard ? ['header', 'nav', 'main', 'aside', 'footer'] : ['header', 'main', 'footer']) {
      if (!document.querySelector(mark)) wrong.push(`no ${mark}`);
    }
    if (document.documentElement.lang !== lang) wrong.push(`lang ${document.documentElement.lang}`);
    const summary = document.querySelector('.c-summary:not([data-state=done]), [aria-invalid=true][autofocus]');
    const error = /^(Error: |오류: )/.test(document.title);
    if (error !== Boolean(summary)) wrong.push(`title ‘${document.title}’ with${summary ? '' : 'out'} a summary`);
    const pattern = lang === 'ko' ? /7단계 중 [1-7]단계: .+ – .+ – Taskwright$/ : /Step [1-7] of 7: .+ – .+ – Taskwright$/;
    if (!(wizard ? pattern : /.+ – Taskwright$/).test(document.title)) wrong.push(`title ‘${document.title}’`);
    if (wizard) for (const id of ['live', 'alert']) {
      const region = document.getElementById(id);
      if (!region || region.textContent) wrong.push(`live region ${id}: ${region?.textContent}`);
    }
    return wrong;
  }, { lang, wizard });
}

/** Every control has a name. */
export function labels(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.querySelectorAll<HTMLInputElement>('input:not([type=hidden]),select,textarea')]
    .filter((e) => e.checkVisibility() && !e.labels?.length && !e.getAttribute('aria-label'))
    .map((e) => `no label: ${e.name || e.id}`));
}

/** Nothing scrolls sideways but boxes made for it. */
export function reflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return over > 0 ? [`${over} px of sideways scrolling`] : [];
  });
}

/** Targets of 24 px and more, apart from links in a sentence; primary buttons of 44 px at the smallest width. */
export function targets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href],button,input:not([type=hidden]),select,textarea,summary,label.c-choice__card')];
    const small = all.filter((e) => {
      if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || e.closest('.u-vh,.c-skip,svg')) return false;
      if (e.tagName === 'A' && getComputedStyle(e).display === 'inline') return false;
      // A radio or tick box is pressed by its label.
      if (e.matches('input[type=radio],input[type=checkbox]')) e = e.closest('label') ?? e;
      const box = e.getBoundingClientRect();
      const least = innerWidth < 768 && e.matches('.c-btn[data-variant=primary]') ? 44 : 24;
      return box.width > 0 && (box.height < least - 0.5 || box.width < 23.5);
    });
    return small.map((e) => `small target: ${e.outerHTML.slice(0, 100)}`);
  });
}

/** With the spacing of WCAG 1.4.12 nothing is cut off and nothing scrolls sideways; line numbers scroll with their text. */
export function spacing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}');
    document.adoptedStyleSheets.push(sheet);
    const wrong: string[] = [];
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth) wrong.push('sideways scrolling');
    for (const e of document.querySelectorAll<HTMLElement>('body *')) {
      if (e.closest('svg,.u-vh,.c-skip,textarea,pre,input,select,dialog,#marks') || !e.checkVisibility()) continue;
      const style = getComputedStyle(e);
      const clips = ['hidden', 'clip'].includes(style.overflowY) || ['hidden', 'clip'].includes(style.overflowX);
      // Words for screen readers alone are cut off on purpose.
      if (!clips || style.clipPath !== 'none' || !e.innerText?.trim()) continue;
      if (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2) wrong.push(`cut off: ${e.outerHTML.slice(0, 90)}`);
    }
    document.adoptedStyleSheets.pop();
    return wrong;
  });
}

/** Words a third longer push nothing out of the page. */
export function longer(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const kept: [Text, string][] = [];
    while (walk.nextNode()) {
      const node = walk.currentNode as Text;
      if (!node.data.trim() || node.parentElement?.closest('script,style,svg,pre,code,textarea,option')) continue;
      kept.push([node, node.data]);
      node.data += ` ${node.data.slice(0, Math.ceil(node.data.length * 0.4))}`;
    }
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    kept.forEach(([node, text]) => { node.data = text; });
    if (kept.length < 10) return ['no text was made longer'];
    return over > 0 ? [`${over} px of sideways scrolling with longer words`] : [];
  });
}

/** Tab through the page: each stop is in view, uncovered, ringed, and after the one before. */
export async function focus(page: Page, most = 90): Promise<string[]> {
  const wrong: string[] = [];
  await page.evaluate(() => { (document.activeElement as HTMLElement)?.blur(); scrollTo(0, 0); delete (window as any).last; });
  let stops = 0;
  for (; stops < most; stops++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const e = document.activeElement as HTMLElement;
      if (!e || e === document.body) return 'end';
      const last = (window as any).last as HTMLElement | undefined;
      (window as any).last = e;
      const name = e.outerHTML.slice(0, 110);
      if (last && last.isConnected && !(last.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)) return e.matches('.c-skip') ? 'end' : `out of order: ${name}`;
      const box = e.getBoundingClientRect();
      const [x0, x1] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
      const [y0, y1] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
      if (x1 - x0 < 1 || y1 - y0 < 1) return `out of view: ${name}`;
      // Some point of it is on top.
      const seen = [0.1, 0.3, 0.5, 0.7, 0.9].some((fy) => [0.05, 0.3, 0.5, 0.7, 0.95].some((fx) => {
        const at = document.elementFromPoint(x0 + (x1 - x0) * fx, y0 + (y1 - y0) * fy);
        return at && (e.contains(at) || at.contains(e) && !at.matches('.c-strip,.c-preview'));
      }));
      if (!seen) return `covered: ${name}`;
      const ringed = [e, e.closest('.c-editor,label')].some((r) => {
        if (!r) return false;
        const style = getComputedStyle(r);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      });
      return ringed ? '' : `no ring: ${name}`;
    });
    if (found === 'end') break;
    if (found) wrong.push(found);
  }
  if (stops < 4) wrong.push(`only ${stops} stops`);
  return wrong;
}

/** Each link of the summary leads to a control that is marked as wrong and described by the same words. */
export async function summary(page: Page): Promise<string[]> {
  const links = page.locator('.c-summary a');
  const wrong: string[] = [];
  const count = await links.count();
  if (count === 0) return ['no summary'];
  const here = page.url().replace(/[?#].*/, '');
  for (let i = 0; i < count; i++) {
    const text = (await links.nth(i).textContent())!.trim();
    const href = (await links.nth(i).getAttribute('href'))!;
    if (!href.startsWith('#')) continue;
    await links.nth(i).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction((id) => document.activeElement?.id === id || document.activeElement?.closest(`#${CSS.escape(id)}`), href.slice(1), { timeout: 2000 }).catch(() => {});
    const said = await page.evaluate((id) => {
      const e = document.activeElement as HTMLElement;
      if (!e || (e.id !== id && !e.closest(`#${CSS.escape(id)}`))) return `focus is on ${e?.outerHTML.slice(0, 80)} instead of ${id}`;
      if (e.tagName === 'BUTTON' || e.matches('[tabindex="-1"]')) return '';
      if (e.getAttribute('aria-invalid') !== 'true') return `not marked as wrong: ${id}`;
      const described = [e, e.closest('fieldset')].flatMap((d) => (d?.getAttribute('aria-describedby') ?? '').split(' ')).map((d) => document.getElementById(d)?.textContent ?? '').join(' ');
      return `described: ${described}`;
    }, href.slice(1));
    if (said.startsWith('described: ') ? !said.includes(text) : said) wrong.push(`‘${text}’: ${said.slice(0, 160)}`);
  }
  if (!page.url().startsWith(here)) wrong.push(`a link of this page led to ${page.url()}`);
  return wrong;
}
