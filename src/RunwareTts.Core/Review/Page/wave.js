// Waveforms and icons, drawn as SVG in the colour of the text around them.

const svgOf = (width, height, path, attributes = {}) => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const all = { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', ...attributes };
  for (const [name, value] of Object.entries(all))
    svg.setAttribute(name, value);
  const drawn = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  drawn.setAttribute('d', path);
  svg.append(drawn);
  return svg;
};

const icons = {
  play: 'M4 2.5v11l9-5.5z',
  pause: 'M4 2.5h3v11H4zM9 2.5h3v11H9z',
  good: 'M6.4 12.6 2.2 8.4l1.5-1.5 2.7 2.7 6-6 1.5 1.5z',
  bad: 'm8 6.5 3.7-3.7 1.5 1.5L9.5 8l3.7 3.7-1.5 1.5L8 9.5l-3.7 3.7-1.5-1.5L6.5 8 2.8 4.3l1.5-1.5z',
  flag: 'M8 1.6 15.2 14H.8zM7.2 6v4h1.6V6zm0 5v1.6h1.6V11z',
};

const iconOf = name => svgOf(16, 16, icons[name], { class: 'icon' });

const levels = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

// So many bars from a clip's peaks: each shows the highest of its share.
function barsOf(peaks, count) {
  const bars = [];
  for (let bar = 0; bar < count; bar++) {
    const from = Math.floor(bar * peaks.length / count);
    const to = Math.max(from + 1, Math.floor((bar + 1) * peaks.length / count));
    let highest = 0;
    for (let piece = from; piece < to; piece++)
      highest = Math.max(highest, levels.indexOf(peaks[piece]));
    bars.push(highest / (levels.length - 1));
  }
  return bars;
}

// Two layers: the second is the part that was played, cut by showProgress.
function fillWave(element, clip, count) {
  element.replaceChildren();
  element.classList.toggle('blank', !clip?.row.peaks);
  if (!clip?.row.peaks)
    return;
  const path = barsOf(clip.row.peaks, count).map((level, bar) => {
    const half = Math.max(0.6, level * 15.5);
    return `M${bar * 4} ${(16 - half).toFixed(1)}h2.6v${(2 * half).toFixed(1)}h-2.6z`;
  }).join('');
  for (const layer of ['rest', 'done'])
    element.append(svgOf(count * 4 - 1.4, 32, path, { class: layer, preserveAspectRatio: 'none' }));
  showProgress(element, 0);
}

function showProgress(element, share) {
  const done = element.querySelector('.done');
  if (done)
    done.style.clipPath = `inset(0 ${(100 - share * 100).toFixed(2)}% 0 0)`;
}
