//! The few lines of script of a page about something that is going on.

/// Asks for the page again until it no longer says that it is going on, and shows it where it has changed. Steps are
/// announced. What a person has opened stays open meanwhile.
pub const FOLLOW: &str = "\
const main=document.getElementById('main'),live=document.getElementById('live');\
const said=x=>(x.querySelector('[data-said]')??x.querySelector('h1')).textContent;\
const quiet=x=>x.querySelector('[data-refresh]')?.remove();\
const next=async()=>{let more=true;try{const r=await fetch(location.href,{cache:'no-store'});if(r.ok){\
const d=new DOMParser().parseFromString(await r.text(),'text/html'),b=d.getElementById('main').firstElementChild,a=main.firstElementChild;\
quiet(b);more=b.hasAttribute('data-going');\
if(a.textContent!==b.textContent){if(said(a)!==said(b))live.textContent=said(b);\
if(more&&a.querySelector('details[open]'))b.querySelector('details').open=true;a.replaceWith(b);document.title=d.title}}}catch{}\
if(more)setTimeout(next,700)};\
quiet(main);setTimeout(next,700)";
