-- Threads with their own read marks, pins, what bots write, and names that change.

ALTER TABLE "message" ADD COLUMN "bot_id" BIGINT,
ADD COLUMN "pinned_at" BIGINT,
ADD COLUMN "thread_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "thread_last_seq" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "thread_last_at" BIGINT,
ADD COLUMN "thread_last_by_id" BIGINT,
ADD COLUMN "thread_people" BIGINT[] DEFAULT ARRAY[]::BIGINT[];

CREATE TABLE "thread_follow" (
    "root_id" BIGINT NOT NULL,
    "account_id" BIGINT NOT NULL,
    "conversation_id" BIGINT NOT NULL,
    "following" BOOLEAN NOT NULL DEFAULT true,
    "read_seq" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "thread_follow_pkey" PRIMARY KEY ("root_id","account_id")
);
CREATE INDEX "thread_follow_account_id_idx" ON "thread_follow"("account_id");
ALTER TABLE "thread_follow" ADD CONSTRAINT "thread_follow_root_id_fkey" FOREIGN KEY ("root_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "thread_follow" ADD CONSTRAINT "thread_follow_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "account" ADD COLUMN "renamed_at" BIGINT;
UPDATE "account" SET "renamed_at" = "deleted_at";
DROP INDEX "account_deleted_at_idx";
CREATE INDEX "account_renamed_at_idx" ON "account"("renamed_at");

-- what is pinned: little, and asked for by conversation
CREATE INDEX "message_pinned_idx" ON "message" ("conversation_id", "pinned_at") WHERE "pinned_at" IS NOT NULL;

-- replies of threads that were begun before threads were counted
CREATE FUNCTION settle_thread(p_root bigint, p_stamp bigint) RETURNS void
LANGUAGE sql AS $$
  UPDATE message root
  SET thread_count = replies.count, thread_last_seq = replies.last_seq, thread_last_at = replies.last_at,
      thread_last_by_id = replies.last_by, thread_people = replies.people,
      changed_at = greatest(root.changed_at, p_stamp)
  FROM (
    SELECT count(*)::int AS count, coalesce(max(seq), 0) AS last_seq, max(created_at) AS last_at,
           (array_agg(sender_id ORDER BY seq DESC))[1] AS last_by,
           coalesce((
             SELECT array_agg(sender_id ORDER BY first) FROM (
               SELECT sender_id, min(seq) AS first FROM message
               WHERE thread_root_id = p_root AND deleted_at IS NULL AND sender_id IS NOT NULL
               GROUP BY sender_id) someone), '{}') AS people
    FROM message WHERE thread_root_id = p_root AND deleted_at IS NULL) replies
  WHERE root.id = p_root
$$;
SELECT settle_thread(root.id, 0)
FROM (SELECT DISTINCT thread_root_id AS id FROM message WHERE thread_root_id IS NOT NULL) root;

-- Members of a conversation by name, ignoring case: whom a text may mention.
DROP FUNCTION members_named(bigint, text[]);
CREATE FUNCTION members_named(p_conversation bigint, p_names text[])
RETURNS TABLE (id bigint, name text, display_name text)
LANGUAGE sql STABLE AS $$
  SELECT a.id, a.username::text, a.display_name
  FROM account a JOIN membership m ON m.account_id = a.id AND m.conversation_id = p_conversation
  WHERE a.username = ANY (p_names::citext[])
$$;

-- Whether a sender may put these uploads into a message of a conversation. Locks them: the same upload may be on its
-- way into another one.
CREATE FUNCTION may_carry(p_conversation bigint, p_sender bigint, p_files bigint[]) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM file WHERE id = ANY (p_files) ORDER BY id FOR UPDATE;
  RETURN cardinality(p_files) = (
    SELECT count(*) FROM file WHERE id = ANY (p_files) AND uploader_id = p_sender AND message_id IS NULL);
END $$;

-- The files of a message as its readers see them.
CREATE FUNCTION files_json(p_message bigint) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name, 'originalName', original_name,
           'mediaType', media_type, 'size', size, 'width', width, 'height', height,
           'createdAt', created_at) ORDER BY position)
  FROM file WHERE message_id = p_message
$$;

-- Stores a batch of sends of one conversation, one after the other: each gets the next stamp, its messages the next
-- sequence numbers. Answers for each, in order, one of
--   {"refusal": reason}
--   {"first": id}                                    it repeats the send that this message began
--   {"stamp", "name", "displayName", "messages": [{"id", "seq", "ordinal", "mentions", "files" (or null)}]}
-- A refusal is an answer, not an exception: an exception would take the whole batch with it.
-- A send is {sender?, bot?, name?, key?, reply?, root?, also?, files?, entries: [{text?, names?, everyone?, files?}]};
-- its own `files` are those of all its entries, and one of `sender` and `bot` (with its `name`) writes it.
CREATE OR REPLACE FUNCTION post_messages(p_conversation bigint, p_sends jsonb, p_now bigint) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  place conversation;
  send record;
  entry record;
  member record;
  root message;
  repeated bigint;
  written message;
  mentioned bigint[];
  followers bigint[];
  people jsonb;
  carried jsonb;
  messages jsonb[];
  message_ids bigint[];
  counted boolean;
  before_seq integer;
  stored boolean := false;
  answers jsonb[] := '{}';
BEGIN
  SELECT * INTO place FROM conversation WHERE id = p_conversation FOR UPDATE;

  FOR send IN
    SELECT * FROM jsonb_to_recordset(p_sends)
      AS s (sender bigint, bot bigint, name text, key text, reply bigint, root bigint, also boolean, files bigint[],
            entries jsonb)
  LOOP
    IF send.key IS NOT NULL THEN
      SELECT id INTO repeated FROM message WHERE sender_id = send.sender AND client_key = send.key;
      IF FOUND THEN
        answers := answers || jsonb_build_object('first', repeated);
        CONTINUE;
      END IF;
    END IF;

    IF send.bot IS NULL THEN
      SELECT m.role, m.history_start, a.role AS instance_role, a.username::text AS name, a.display_name INTO member
      FROM membership m JOIN account a ON a.id = m.account_id AND a.deleted_at IS NULL
      WHERE m.conversation_id = place.id AND m.account_id = send.sender;
    ELSE
      SELECT 'admin'::"MemberRole" AS role, 0 AS history_start, 'admin'::"InstanceRole" AS instance_role,
             send.name AS name, NULL::text AS display_name INTO member
      WHERE place.id IS NOT NULL;
    END IF;
    IF NOT FOUND OR place.archived_at IS NOT NULL THEN
      answers := answers || '{"refusal": "conversation"}'::jsonb;
      CONTINUE;
    END IF;
    IF place.admins_only AND member.role = 'member' AND member.instance_role = 'member' THEN
      answers := answers || '{"refusal": "admins_only"}'::jsonb;
      CONTINUE;
    END IF;
    IF send.root IS NOT NULL THEN
      SELECT * INTO root FROM message WHERE id = send.root AND conversation_id = place.id
        AND seq > member.history_start AND deleted_at IS NULL AND kind = 'text';
      IF NOT FOUND THEN
        answers := answers || '{"refusal": "thread_root"}'::jsonb;
        CONTINUE;
      END IF;
      IF root.thread_root_id IS NOT NULL OR place.kind <> 'channel' THEN
        answers := answers || '{"refusal": "no_thread_here"}'::jsonb;
        CONTINUE;
      END IF;
    END IF;
    IF send.files IS NOT NULL AND NOT may_carry(place.id, send.sender, send.files) THEN
      answers := answers || '{"refusal": "file"}'::jsonb;
      CONTINUE;
    END IF;

    place.last_stamp := greatest(p_now, place.last_stamp + 1);
    counted := send.root IS NULL OR coalesce(send.also, false);
    before_seq := place.last_seq;
    followers := '{}';
    messages := '{}';
    message_ids := '{}';
    FOR entry IN
      SELECT * FROM jsonb_to_recordset(send.entries) AS e (text text, names text[], everyone boolean, files bigint[])
    LOOP
      place.last_seq := place.last_seq + 1;
      IF counted THEN
        place.last_ordinal := place.last_ordinal + 1;
      END IF;
      mentioned := '{}';
      people := NULL;
      IF entry.names IS NOT NULL THEN
        SELECT coalesce(array_agg(id ORDER BY name COLLATE "C"), '{}'),
               jsonb_agg(jsonb_build_object('id', id, 'name', name, 'displayName', display_name)
                         ORDER BY name COLLATE "C")
        INTO mentioned, people FROM members_named(place.id, entry.names);
        followers := followers || mentioned;
      END IF;

      INSERT INTO message (conversation_id, seq, ordinal, counts, sender_id, sender_name, bot_id, text, reply_to_id,
                           thread_root_id, mentions, mentions_everyone, client_key, created_at, changed_at)
      VALUES (place.id, place.last_seq, place.last_ordinal, counted, send.sender,
              CASE WHEN send.bot IS NOT NULL THEN send.name END, send.bot, entry.text, send.reply,
              send.root, mentioned, coalesce(entry.everyone, false),
              CASE WHEN message_ids = '{}' THEN send.key END, place.last_stamp, place.last_stamp)
      RETURNING * INTO written;

      carried := NULL;
      IF entry.files IS NOT NULL THEN
        UPDATE file SET message_id = written.id, position = array_position(entry.files, id)
        WHERE id = ANY (entry.files);
        carried := files_json(written.id);
      END IF;

      message_ids := message_ids || written.id;
      messages := messages || jsonb_build_object('id', written.id, 'seq', written.seq,
        'ordinal', written.ordinal, 'mentions', people, 'files', carried);
    END LOOP;

    INSERT INTO event (type, conversation_id, payload, created_at)
    VALUES ('message_sent', place.id,
            jsonb_build_object('conversationId', place.id, 'messageIds', message_ids), p_now);

    IF send.root IS NOT NULL THEN
      UPDATE message SET thread_count = thread_count + cardinality(message_ids), thread_last_seq = place.last_seq,
        thread_last_at = place.last_stamp, thread_last_by_id = send.sender, changed_at = place.last_stamp,
        thread_people = CASE WHEN send.sender = ANY (thread_people) THEN thread_people
                             ELSE thread_people || send.sender END
      WHERE id = send.root;
      -- who began it follows from the first reply on; who is mentioned follows again, whatever they had said
      INSERT INTO thread_follow (root_id, account_id, conversation_id, read_seq)
      SELECT send.root, root.sender_id, place.id, before_seq WHERE root.sender_id IS NOT NULL
      ON CONFLICT DO NOTHING;
      INSERT INTO thread_follow (root_id, account_id, conversation_id, read_seq)
      SELECT DISTINCT send.root, id, place.id, before_seq FROM unnest(followers) AS mentioned (id)
      ON CONFLICT (root_id, account_id) DO UPDATE SET following = true;
      INSERT INTO thread_follow (root_id, account_id, conversation_id, read_seq)
      VALUES (send.root, send.sender, place.id, place.last_seq)
      ON CONFLICT (root_id, account_id) DO UPDATE SET following = true, read_seq = place.last_seq;
    END IF;

    -- who writes has read everything before; a reply that lives in a thread only says nothing about that
    IF counted AND send.bot IS NULL THEN
      UPDATE membership SET read_seq = place.last_seq, read_ordinal = place.last_ordinal,
                            read_stamp = place.last_stamp, own_unread = 0
      WHERE conversation_id = place.id AND account_id = send.sender;
    END IF;

    stored := true;
    answers := answers || jsonb_build_object('stamp', place.last_stamp, 'name', member.name,
      'displayName', member.display_name, 'messages', messages);
  END LOOP;

  IF stored THEN
    UPDATE conversation SET last_seq = place.last_seq, last_ordinal = place.last_ordinal,
                            last_stamp = place.last_stamp, last_sent_at = place.last_stamp
    WHERE id = place.id;
    UPDATE membership SET hidden_at = NULL WHERE conversation_id = place.id AND hidden_at IS NOT NULL;
  END IF;
  RETURN to_jsonb(answers);
END $$;
