create schema if not exists ops;

comment on schema ops is 'What Paceline records about its loads.';

create table ops.version (version integer not null);

comment on table ops.version is 'One row: the version of these tables.';

create sequence ops.load_ids;

create table ops.stage (
    source text primary key,
    load_id bigint not null,
    lake text not null,
    commits jsonb not null,
    tables jsonb not null,
    started_at timestamptz not null,
    staged_at timestamptz not null,
    passed_at timestamptz
);

comment on table ops.stage is
'One row per source with something staged. It outlives a crash, which empties the stage tables themselves.';
comment on column ops.stage.lake is 'The id of the lake that it comes from.';
comment on column ops.stage.commits is 'By account: the first and last commit, and the run that made the last.';
comment on column ops.stage.tables is 'By table: how many rows were staged.';
comment on column ops.stage.passed_at is 'When it passed its checks. Null before that: it cannot be published.';

create table ops.check_results (
    load_id bigint not null,
    source text not null,
    name text not null,
    severity text not null,
    found bigint not null,
    by_account jsonb not null,
    examples jsonb not null,
    checked_at timestamptz not null
);

create index on ops.check_results (load_id);

comment on table ops.check_results is 'One row per check and each time it ran.';
comment on column ops.check_results.found is 'Number of findings; 0 if it passed.';
comment on column ops.check_results.by_account is
'By account: number of findings. Findings that name no account are only in found.';
comment on column ops.check_results.examples is 'The first few findings: account and what was found.';

create table ops.published (
    source text not null,
    account text not null,
    lake text not null,
    commit_number bigint not null,
    run text not null,
    published_at timestamptz not null,
    primary key (source, account)
);

comment on table ops.published is 'One row per account: the last published commit of its log.';
comment on column ops.published.lake is 'The id of the lake, in its lake.json. Another lake is refused.';
comment on column ops.published.run is 'The run that made the commit; a log that was begun again has another.';

create table ops.loads (
    load_id bigint primary key,
    source text not null,
    started_at timestamptz not null,
    finished_at timestamptz not null,
    commits jsonb not null,
    tables jsonb not null
);

create index on ops.loads (source, finished_at);

comment on table ops.loads is 'One row per successful load, even if nothing was new.';
comment on column ops.loads.commits is 'By account: the first and last commit, and the run that made the last.';
comment on column ops.loads.tables is 'By table: rows staged, inserted, updated and marked as deleted.';

insert into ops.version (version) values (2);
