import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { mkdtempSync, mkdirSync } from 'node:fs';
const dir = mkdtempSync('/tmp/tw-');
const server = spawn('/work/main/target/release/taskwright', ['--addr','127.0.0.1:0','--database',`sqlite:${dir}/t.db`,'--site','/work/main/target/site'],{stdio:['ignore','pipe','inherit']});
const line = await new Promise(r=>createInterface(server.stdout).once('line',r));
const site = line.replace('listening on ','');
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']});
mkdirSync('/tmp/shots',{recursive:true});
const list = process.argv.slice(2).map(s=>s.split(','));
const bases={};
for (const [lang,theme,width,step,act,js] of list) {
  const ctx = await b.newContext({viewport:{width:+width,height:900},colorScheme:theme, javaScriptEnabled: js!=='nojs'});
  const p = await ctx.newPage();
  p.on('console',m=>{ if(['error','warning'].includes(m.type())) console.log(step,m.text())});
  p.on('pageerror',e=>console.log('EXC',e.message));
  if (!bases[lang]) { const r = await (await fetch(`${site}/${lang}/d`,{method:'POST',redirect:'manual',body:new URLSearchParams({preset:'tutorial'}),headers:{origin:site}})); bases[lang]=r.headers.get('location').replace('/cluster',''); }
  const url = step.startsWith('/')? `${site}/${lang}${step==='/'?'':step}` : `${site}${bases[lang]}/${step}`;
  await p.goto(url);
  try { if(!step.startsWith('/') && js!=='nojs') await p.waitForSelector('html[data-live]',{timeout:3000}); } catch {}
  if (act) for (const a of act.split(';')) { const [k,...v]=a.split('='); const val=v.join('=');
    if(k==='open') await p.evaluate(()=>document.querySelectorAll('details').forEach(d=>d.open=true));
    if(k==='key') await p.keyboard.press(val);
    if(k==='click') await p.locator(val).first().click();
    if(k==='fill') { const [sel,t]=val.split('~'); await p.locator(`[name="${sel}"]`).fill(t);}
    if(k==='wait') await p.waitForTimeout(+val);
  }
  await p.waitForTimeout(400);
  const name = `/tmp/shots/${lang}-${theme}-${width}-${step.replace(/[\/?=]/g,'_')}${act?'-a':''}${js||''}.png`;
  await p.screenshot({path:name,fullPage:true});
  console.log(name);
  await ctx.close();
}
await b.close(); server.kill();
