// The graph of the pipeline: from left to right where it fits, else from top to bottom, nothing outside of the drawing.
import { expect, it } from 'vitest';
import { layOut } from '#app/_features/runs/pipeline-layout.ts';

const DVC = `stages:
  prepare:
    cmd: node src/prepare.ts
    deps:
      - data/raw/rows.csv
    outs:
      - data/processed/rows.csv
  train:
    cmd: node src/train.ts
    deps:
      - data/processed/rows.csv
    outs:
      - models/model.json
  evaluate:
    cmd: node src/evaluate.ts
    deps:
      - data/processed/rows.csv
      - models/model.json
`;
const LETTERS = { whole: 20, word: 7 };
const whole = layOut(DVC, LETTERS, 0);

it.each([
  ['as long as its place is not known', 0, 'LR'],
  ['in the room it takes', Math.ceil(whole.width), 'LR'],
  ['in less', Math.floor(whole.width) - 1, 'TB'],
])('lies %s', (_, room, direction) => {
  const drawn = layOut(DVC, LETTERS, room);
  expect(drawn.direction).toBe(direction);
  const along = (name: string) => drawn.nodes.find((node) => node.name === name)![direction === 'LR' ? 'x' : 'y'];
  expect([along('prepare') < along('train'), along('train') < along('evaluate')]).toEqual([true, true]);
  expect(drawn.sources.map(({ file }) => file)).toEqual(['data/raw/rows.csv']);
  expect(drawn.edges).toHaveLength(4);
  for (const { x, y } of [...drawn.nodes, ...drawn.sources])
    expect([x - drawn.wide / 2 >= 0, x + drawn.wide / 2 <= drawn.width, y >= 20, y <= drawn.height]).not.toContain(
      false,
    );
  if (direction === 'TB') expect(drawn.width).toBeLessThan(whole.width / 2);
});

it('has three stages beside each other in the column of a laptop', () => {
  const stages = ['train', 'evaluate', 'explain'].map(
    (name) => `  ${name}:\n    cmd: node src/${name}.ts\n    deps:\n      - data/processed/rows.csv\n`,
  );
  const prepare = DVC.slice(0, DVC.indexOf('  train:'));
  expect(layOut(prepare + stages.join(''), LETTERS, 580)).toMatchObject({
    direction: 'TB',
    width: expect.toSatisfy((width: number) => width <= 580),
  });
});
