import { expect, it } from 'vitest';
import { ApiError, errorFrom, messageOf } from './errors';

const answer = (body: string, status: number, headers = {}) => new Response(body, { status, headers });

it('reads the envelope: code, message, fields and the request that it belongs to', async () => {
  const envelope = {
    status_code: 422,
    error: 'invalid',
    message: 'Some fields need a look.',
    details: { fields: { email: 'This is not an e-mail address.' } },
    request_id: 'req-1',
  };
  const error = await errorFrom(answer(JSON.stringify(envelope), 422));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status: 422,
    code: 'invalid',
    message: 'Some fields need a look.',
    fields: { email: 'This is not an e-mail address.' },
    requestId: 'req-1',
  });
});

it('blames no field when the envelope names none', async () => {
  const { fields } = await errorFrom(
    answer('{"error":"not_found","message":"Not here.","details":null}', 404),
  );
  expect(fields).toEqual({});
});

it.each([
  ['a page of a proxy', '<html><h1>Bad gateway</h1></html>'],
  ['nothing at all', ''],
  ['JSON that is no envelope', '"no"'],
  ['the JSON of nothing', 'null'],
  ['a list', '[1, 2]'],
])('says something usable about %s', async (_, body) => {
  const error = await errorFrom(answer(body, 502, { 'x-request-id': 'req-2' }));
  expect(error).toMatchObject({ status: 502, code: 'unknown', fields: {}, requestId: 'req-2' });
  expect(error.message).toMatch(/^The server answered 502\./);
});

it('tells a person what the server said, and nothing of what broke inside', () => {
  expect(messageOf(new ApiError(409, 'wrong_status', 'The interview is paused.'))).toBe(
    'The interview is paused.',
  );
  expect(messageOf(new TypeError('undefined is not a function'))).toMatch(/^Something went wrong/);
  expect(messageOf('text')).toMatch(/^Something went wrong/);
});
