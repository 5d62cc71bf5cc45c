const light = {
  paper: '#ffffff',
  ink: '#1b1b1f',
  quiet: '#55565c',
  rule: '#8a8c94',
  box: '#ffffff',
  frame: '#f3f4f6',
};
const dark = {
  paper: '#16171a',
  ink: '#ececf0',
  quiet: '#b4b6bd',
  rule: '#7c7f88',
  box: '#232529',
  frame: '#1c1e22',
};
const lightLines = { none: '#b3261e', opportunistic: '#8a5a00', required: '#0b57d0', mutual: '#146c2e' };
const darkLines = { none: '#ff8a80', opportunistic: '#ffc65c', required: '#8ab4f8', mutual: '#7fd494' };

function colours(base: typeof light, lines: typeof lightLines): string {
  const states = Object.entries(lines).flatMap(([state, colour]) => [
    `.${state}{stroke:${colour}}`,
    `.head-${state}{fill:${colour}}`,
  ]);
  return [
    `.paper{fill:${base.paper}}.gap{stroke:${base.paper}}`,
    `text{fill:${base.ink}}.quiet{fill:${base.quiet}}.alarm{fill:${lines.none}}`,
    `.box{fill:${base.box}}.plain{stroke:${base.rule}}.frame{fill:${base.frame};stroke:${base.rule}}.group{fill:${base.paper}}`,
    ...states,
  ].join('\n');
}

/** The style of the drawing; what a line says is in its dashes, its colour only says it again. */
export const svgStyle: string = `
text{font:12px "Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;white-space:pre}
.title{font-size:18px;font-weight:600}.heading{font-size:14px;font-weight:600}.name{font-size:14px;font-weight:600}
.alarm{font-weight:700}.line,.gap{fill:none}.frame{stroke-width:1}
.plain{stroke-width:1}
.none{stroke-width:2;stroke-dasharray:2 5;stroke-linecap:round}
.opportunistic{stroke-width:2;stroke-dasharray:9 5}
.required{stroke-width:2}
.mutual{stroke-width:5}.gap{stroke-width:2}
.disabled{opacity:.55}
${colours(light, lightLines)}
@media (prefers-color-scheme:dark){
${colours(dark, darkLines)}
}
`;

/** The same for a drawing that stands in an element of a page: of that alone, and dark on a screen only. */
export function svgStyleWithin(scope: string): string {
  return svgStyle
    .replaceAll(/(^|\})([^{}@\n]+)(?=\{)/gm, (_, before: string, selectors: string) => {
      const scoped = selectors.split(',').map((selector) => `${scope} ${selector}`);
      return `${before}${scoped.join(',')}`;
    })
    .replaceAll('@media (', '@media screen and (');
}
