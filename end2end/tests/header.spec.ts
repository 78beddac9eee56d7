// The header of the wizard: one row from 768 px on, two below; nothing is cut at its edges, however long the name.
import { expect, live, start, test } from './site.ts';

const NAME = 'The task definition of our second course, 두 번째 수업의 태스크 정의 이름이 아주 길어요';

test('the header keeps its rows and its edges at every width', async ({ page, site }) => {
  const base = await start(page, site, 'en', 'tutorial');
  const api = `${site}/api/v1/drafts/${base.split('/').pop()}`;
  let seen = 0;
  for (const title of ['', NAME]) {
    const read = await (await page.request.get(api)).json();
    const put = await page.request.put(api, { headers: { 'if-match': `"${read.revision}"` }, data: { title, taskDefinition: read.taskDefinition } });
    expect(put.status()).toBe(200);
    for (const lang of ['en', 'ko']) {
      for (const width of [320, 360, 640, 767, 768, 900, 1024, 1215, 1216, 1280]) {
        await page.setViewportSize({ width, height: 700 });
        await page.goto(base.replace('/en/', `/${lang}/`) + '/size');
        await live(page);
        const found = await page.evaluate(() => {
          const box = (of: string) => document.querySelector(of)!.getBoundingClientRect();
          const head = box('.c-head__in');
          const parts = ['.c-brand', '.c-draft__name', '.c-save', '.c-draft__undo', '.c-tools'].map((of) => ({ of, box: box(of) }));
          const wrong = parts.filter(({ box: b }) => b.top < head.top + 4 || b.bottom > head.bottom - 4 || b.left < 0 || b.right > innerWidth).map(({ of }) => of);
          const over = parts.filter((a, i) => parts.slice(i + 1).some((b) => a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1 && a.box.top < b.box.bottom - 1 && b.box.top < a.box.bottom - 1));
          return { wrong, over: over.map(({ of }) => of), name: Math.round(box('.c-draft__name').width), rows: head.height < 72 ? 1 : head.height < 128 ? 2 : 3 };
        });
        expect(found, `${lang} at ${width}, ${title ? 'long' : 'short'}`).toMatchObject({ wrong: [], over: [], rows: width < 768 ? 2 : 1 });
        expect(found.name).toBeGreaterThan(80);
        seen += 1;
      }
    }
  }
  expect(seen).toBe(40);
});
