// Generated from contract/live-protocol.json by `npm run gen`. Do not edit.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What the page says. Anything else is passed over. */
        FromPageMessage: {
            /**
             * @description Whether the browser turns the level up and down, as it says: then loudness says little about the speaker.
             * @default null
             */
            auto_gain: boolean | null;
            /**
             * @description Whether the microphone is off.
             * @default false
             */
            muted: boolean;
            /** @constant */
            type: "hello";
            /**
             * Format: uint32
             * @description Version of this protocol: 1.
             */
            version: number;
        } | {
            /** @description Whether it is off now. */
            on: boolean;
            /** @constant */
            type: "muted";
        } | {
            /** @constant */
            type: "done";
        } | {
            /** @constant */
            type: "typing";
        } | {
            /** @constant */
            type: "repeat";
        } | {
            /** @constant */
            type: "bye";
        };
        /** @description Why an answer was taken for finished. */
        By: "silence" | "done" | "typed" | "length" | "addition";
        /** @description What the candidate should know. */
        NoticeKind: "not_understood" | "only_noise" | "long_answer" | "answer_full" | "taken_for_length" | "muted" | "still_thinking" | "read_instead" | "engine_lost" | "realtime_lost" | "as_written" | "network_weak" | "answer_not_kept" | "paused" | "words_kept";
        /** @description What the session does. */
        Phase: "connecting" | "listening" | "thinking" | "speaking" | "interrupted" | "closing";
        /** @description Why a line ends. */
        Reason: "over" | "taken_over" | "left" | "restart" | "broken";
        /** @description How to say that somebody still listens. */
        Reassurance: "take_your_time" | "repeat_or_type";
        /** @description Whose words. */
        Who: "candidate" | "interviewer";
        /** @description What the server says. */
        ToPageMessage: {
            /** @description That. */
            phase: components["schemas"]["Phase"];
            /** @constant */
            type: "phase";
        } | {
            /** @description Whether they stand. */
            final: boolean;
            /** @description Which caption; a later one with this id takes its place. */
            id: string;
            /** @description All its words so far; empty when there were none after all. */
            text: string;
            /** @constant */
            type: "caption";
            /** @description Whose. */
            who: components["schemas"]["Who"];
        } | {
            /**
             * Format: uint64
             * @description Where it begins, ms from the beginning of the reply.
             */
            from_ms: number;
            /**
             * Format: uint64
             * @description How long it sounds, ms.
             */
            ms: number;
            /**
             * Format: uint64
             * @description Of which.
             */
            reply: number;
            /** @description Its words. */
            text: string;
            /** @constant */
            type: "sentence";
        } | {
            /**
             * Format: uint64
             * @description Which.
             */
            reply: number;
            /** @constant */
            type: "play";
        } | {
            /**
             * Format: uint64
             * @description Which.
             */
            reply: number;
            /** @constant */
            type: "hush";
        } | {
            /**
             * Format: uint64
             * @description ms from its beginning.
             */
            from_ms: number;
            /**
             * Format: uint64
             * @description Which.
             */
            reply: number;
            /** @constant */
            type: "resume";
        } | {
            /**
             * Format: uint64
             * @description Which.
             */
            reply: number;
            /** @constant */
            type: "stop";
        } | {
            /** @description Why it was taken for finished. */
            by: components["schemas"]["By"];
            /**
             * Format: uint64
             * @description Where its sound begins, ms of the candidate's sound.
             */
            from_ms: number;
            /** @description Its words. */
            text: string;
            /**
             * Format: uint64
             * @description Where it ends.
             */
            to_ms: number;
            /**
             * Format: uint64
             * @description Which, counted from 1 on this line.
             */
            turn: number;
            /** @constant */
            type: "turn";
        } | {
            /** @description The engine that it is about. */
            engine?: string | null;
            /**
             * Format: uint64
             * @description With `words_kept`: how much of the voice after those words is lost, ms; left out when nobody knows.
             */
            lost_ms?: number | null;
            /** @description What. */
            notice: components["schemas"]["NoticeKind"];
            /** @constant */
            type: "notice";
        } | {
            /** @description Whether it is. */
            on: boolean;
            /** @constant */
            type: "recording";
        } | {
            /** @description How to say it. */
            how: components["schemas"]["Reassurance"];
            /** @constant */
            type: "reassure";
        } | {
            /**
             * Format: uint64
             * @description The first sound of the reply was sent.
             */
            first_audio?: number | null;
            /**
             * Format: uint64
             * @description The interviewer's first word was known.
             */
            first_token?: number | null;
            /**
             * Format: uint64
             * @description The words were known.
             */
            transcript_final?: number | null;
            /**
             * Format: uint64
             * @description Which.
             */
            turn: number;
            /** @constant */
            type: "marks";
            /**
             * Format: uint64
             * @description The turn was taken for finished.
             */
            vad_end: number;
        } | {
            /** @description Why. */
            reason: components["schemas"]["Reason"];
            /** @constant */
            type: "closed";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
