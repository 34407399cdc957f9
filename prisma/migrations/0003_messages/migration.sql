-- The hot paths of messages as functions: one round trip and one commit, with rights checked under the lock.

-- who closed the conversation: few rows, looked for at every send
CREATE INDEX "membership_hidden_idx" ON "membership" ("conversation_id") WHERE "hidden_at" IS NOT NULL;

-- CreateIndex
CREATE INDEX "message_created_at_id_idx" ON "message"("created_at", "id");

-- CreateIndex
CREATE INDEX "message_sender_id_created_at_idx" ON "message"("sender_id", "created_at");

-- Members of a conversation by name, ignoring case: whom a text may mention.
CREATE FUNCTION members_named(p_conversation bigint, p_names text[]) RETURNS TABLE (id bigint, name text)
LANGUAGE sql STABLE AS $$
  SELECT a.id, a.username::text
  FROM account a JOIN membership m ON m.account_id = a.id AND m.conversation_id = p_conversation
  WHERE a.username = ANY (p_names::citext[])
$$;

-- Stores a batch of sends of one conversation, one after the other: each gets the next stamp, its messages the next
-- sequence numbers. Answers for each, in order, one of
--   {"refusal": reason}
--   {"first": id}                                    it repeats the send that this message began
--   {"stamp", "name", "messages": [{"id", "seq", "ordinal", "mentions", "files" (or null)}]}
-- A refusal is an answer, not an exception: an exception would take the whole batch with it.
-- A send is {sender, key?, reply?, root?, files?, entries: [{text?, names?, everyone?, files?}]}; its own `files`
-- are those of all its entries.
CREATE FUNCTION post_messages(p_conversation bigint, p_sends jsonb, p_now bigint) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  place conversation;
  send record;
  entry record;
  member record;
  repeated bigint;
  written message;
  mentioned bigint[];
  people jsonb;
  carried jsonb;
  messages jsonb[];
  message_ids bigint[];
  stored boolean := false;
  answers jsonb[] := '{}';
BEGIN
  SELECT * INTO place FROM conversation WHERE id = p_conversation FOR UPDATE;

  FOR send IN
    SELECT * FROM jsonb_to_recordset(p_sends)
      AS s (sender bigint, key text, reply bigint, root bigint, files bigint[], entries jsonb)
  LOOP
    IF send.key IS NOT NULL THEN
      SELECT id INTO repeated FROM message WHERE sender_id = send.sender AND client_key = send.key;
      IF FOUND THEN
        answers := answers || jsonb_build_object('first', repeated);
        CONTINUE;
      END IF;
    END IF;

    SELECT m.role, m.history_start, a.role AS instance_role, a.username::text AS name INTO member
    FROM membership m JOIN account a ON a.id = m.account_id AND a.deleted_at IS NULL
    WHERE m.conversation_id = place.id AND m.account_id = send.sender;
    IF NOT FOUND OR place.archived_at IS NOT NULL THEN
      answers := answers || '{"refusal": "conversation"}'::jsonb;
      CONTINUE;
    END IF;
    IF place.admins_only AND member.role = 'member' AND member.instance_role = 'member' THEN
      answers := answers || '{"refusal": "admins_only"}'::jsonb;
      CONTINUE;
    END IF;
    IF send.root IS NOT NULL THEN
      PERFORM FROM message WHERE id = send.root AND conversation_id = place.id AND seq > member.history_start
        AND deleted_at IS NULL AND thread_root_id IS NULL;
      IF NOT FOUND THEN
        answers := answers || '{"refusal": "thread_root"}'::jsonb;
        CONTINUE;
      END IF;
    END IF;
    IF send.files IS NOT NULL THEN
      -- locked: the same upload may be on its way into another conversation
      PERFORM FROM file WHERE id = ANY (send.files) ORDER BY id FOR UPDATE;
      IF (SELECT count(*) FROM file
          WHERE id = ANY (send.files) AND uploader_id = send.sender AND message_id IS NULL)
         <> cardinality(send.files) THEN
        answers := answers || '{"refusal": "file"}'::jsonb;
        CONTINUE;
      END IF;
    END IF;

    place.last_stamp := greatest(p_now, place.last_stamp + 1);
    messages := '{}';
    message_ids := '{}';
    FOR entry IN
      SELECT * FROM jsonb_to_recordset(send.entries) AS e (text text, names text[], everyone boolean, files bigint[])
    LOOP
      place.last_seq := place.last_seq + 1;
      IF send.root IS NULL THEN
        place.last_ordinal := place.last_ordinal + 1;
      END IF;
      mentioned := '{}';
      people := NULL;
      IF entry.names IS NOT NULL THEN
        SELECT coalesce(array_agg(id ORDER BY name COLLATE "C"), '{}'),
               jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name COLLATE "C")
        INTO mentioned, people FROM members_named(place.id, entry.names);
      END IF;

      INSERT INTO message (conversation_id, seq, ordinal, counts, sender_id, text, reply_to_id, thread_root_id,
                           mentions, mentions_everyone, client_key, created_at, changed_at)
      VALUES (place.id, place.last_seq, place.last_ordinal, send.root IS NULL, send.sender, entry.text, send.reply,
              send.root, mentioned, coalesce(entry.everyone, false),
              CASE WHEN message_ids = '{}' THEN send.key END, place.last_stamp, place.last_stamp)
      RETURNING * INTO written;

      carried := NULL;
      IF entry.files IS NOT NULL THEN
        UPDATE file SET message_id = written.id, position = array_position(entry.files, id)
        WHERE id = ANY (entry.files);
        SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name, 'originalName', original_name,
                 'mediaType', media_type, 'size', size, 'width', width, 'height', height) ORDER BY position)
        INTO carried FROM file WHERE message_id = written.id;
      END IF;

      message_ids := message_ids || written.id;
      messages := messages || jsonb_build_object('id', written.id, 'seq', written.seq,
        'ordinal', written.ordinal, 'mentions', people, 'files', carried);
    END LOOP;

    INSERT INTO event (type, conversation_id, payload, created_at)
    VALUES ('message_sent', place.id,
            jsonb_build_object('conversationId', place.id, 'messageIds', message_ids), p_now);

    -- who writes has read everything before; a reply that lives in a thread says nothing about that
    IF send.root IS NULL THEN
      UPDATE membership SET read_seq = place.last_seq, read_ordinal = place.last_ordinal,
                            read_stamp = place.last_stamp, own_unread = 0
      WHERE conversation_id = place.id AND account_id = send.sender;
    END IF;

    stored := true;
    answers := answers || jsonb_build_object('stamp', place.last_stamp, 'name', member.name, 'messages', messages);
  END LOOP;

  IF stored THEN
    UPDATE conversation SET last_seq = place.last_seq, last_ordinal = place.last_ordinal,
                            last_stamp = place.last_stamp, last_sent_at = place.last_stamp
    WHERE id = place.id;
    UPDATE membership SET hidden_at = NULL WHERE conversation_id = place.id AND hidden_at IS NOT NULL;
  END IF;
  RETURN to_jsonb(answers);
END $$;

-- Moves an account's read mark forward, to `p_seq` or (null) to the newest message, and tells its other devices.
-- No row: the account does not take part; `moved` false: the mark was there already.
-- Under the lock, because the event carries a count that must fit between the sends around it.
CREATE FUNCTION mark_read(p_account bigint, p_conversation bigint, p_seq integer, p_now bigint,
                          OUT read_seq integer, OUT read_stamp bigint, OUT moved boolean) RETURNS SETOF record
LANGUAGE plpgsql AS $$
DECLARE
  place conversation;
  mark membership;
  reached message;
BEGIN
  SELECT c.* INTO place FROM conversation c JOIN membership m ON m.conversation_id = c.id
  WHERE c.id = p_conversation AND c.archived_at IS NULL AND m.account_id = p_account;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT * INTO mark FROM membership WHERE conversation_id = p_conversation AND account_id = p_account;

  moved := mark.read_seq < least(coalesce(p_seq, place.last_seq), place.last_seq);
  IF moved THEN
    SELECT * INTO place FROM conversation WHERE id = p_conversation FOR UPDATE;
    SELECT * INTO mark FROM membership WHERE conversation_id = p_conversation AND account_id = p_account FOR UPDATE;
    IF NOT FOUND THEN
      RETURN;
    END IF;
    moved := mark.read_seq < least(coalesce(p_seq, place.last_seq), place.last_seq);
  END IF;

  IF moved THEN
    IF coalesce(p_seq, place.last_seq) >= place.last_seq THEN
      mark.read_seq := place.last_seq;
      mark.read_ordinal := place.last_ordinal;
      mark.read_stamp := greatest(mark.read_stamp, place.last_sent_at);
      mark.own_unread := 0;
    ELSE
      SELECT * INTO reached FROM message WHERE conversation_id = p_conversation AND seq = p_seq;
      IF mark.own_unread > 0 THEN
        mark.own_unread := mark.own_unread - (
          SELECT count(*) FROM message m
          WHERE m.conversation_id = p_conversation AND m.seq > mark.read_seq AND m.seq <= p_seq
            AND m.sender_id = p_account AND m.counts AND m.deleted_at IS NULL);
      END IF;
      mark.read_seq := p_seq;
      mark.read_ordinal := reached.ordinal;
      mark.read_stamp := greatest(mark.read_stamp, reached.created_at);
    END IF;
    UPDATE membership m SET read_seq = mark.read_seq, read_ordinal = mark.read_ordinal,
                            read_stamp = mark.read_stamp, own_unread = mark.own_unread
    WHERE m.conversation_id = p_conversation AND m.account_id = p_account;
    INSERT INTO event (type, account_ids, payload, created_at)
    VALUES ('read_moved', ARRAY[p_account], jsonb_build_object(
      'conversationId', p_conversation, 'accountId', p_account, 'readSeq', mark.read_seq,
      'unread', place.last_ordinal - mark.read_ordinal - mark.own_unread - (
        SELECT count(*) FROM message m WHERE m.conversation_id = p_conversation AND m.seq > mark.read_seq
          AND m.deleted_at IS NOT NULL AND m.counts)), p_now);
  END IF;
  read_seq := mark.read_seq;
  read_stamp := mark.read_stamp;
  RETURN NEXT;
END $$;
