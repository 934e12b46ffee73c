import { empty, json, type Reply } from '../http/reply.ts';

/** Thrown where a request ends with something other than success; the server writes its reply. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`answered ${reply.status}`);
    this.reply = reply;
  }
}

/** 404 without a body. */
export function notFound(): Refusal {
  return new Refusal(empty(404));
}

/** 400 in ASP.NET's form: texts by the name of the value they are about, such as `id` or `[0].outcome_id`. */
export function badValue(name: string, message: string): Refusal {
  return new Refusal(json(400, { [name]: [message] }));
}

/** 400 for a path or query value of the wrong type. */
export function invalidValue(name: string, value: string): Refusal {
  return badValue(name, `The value '${value}' is not valid.`);
}

/** 400 in the form of a serialized .NET exception, as most business rules answer. */
export function exception(message: string): Refusal {
  return new Refusal(
    json(400, {
      ClassName: 'System.Exception',
      Message: message,
      Data: null,
      InnerException: null,
      HelpURL: null,
      StackTraceString: null,
      RemoteStackTraceString: null,
      RemoteStackIndex: 0,
      ExceptionMethod: null,
      HResult: -2146233088,
      Source: 'NetHelpDesk',
      WatsonBuckets: null,
    }),
  );
}

/** 400 whose body is a bare JSON string. */
export function bareText(message: string): Refusal {
  return new Refusal(json(400, message));
}

/** 400 in the form `{ "message": … }`. */
export function messageObject(message: string): Refusal {
  return new Refusal(json(400, { message }));
}
