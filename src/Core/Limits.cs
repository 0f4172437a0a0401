namespace CertFunctions.Core;

/// <summary>Every limit that a caller can meet, by name.</summary>
public static class Limits
{
    /// <summary>At most this many users are awarded before the answer; more run as a background job.</summary>
    public const int UsersDoneBeforeAnswer = 100;

    /// <summary>At most this many groups and branches are counted before the answer; more run as a background job.</summary>
    public const int SourcesCountedBeforeAnswer = 200;

    /// <summary>A job of at most this many tasks is small: its runs wait for none of a large one.</summary>
    public const int TasksOfSmallJob = 1_000;

    /// <summary>How long the storage may take before an award of few users goes on in the background.</summary>
    public static readonly TimeSpan TimeBeforeAnswer = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long an HTTP call waits for the storage, counted from the last byte of its body; callers hear within 25 s.
    /// <see cref="TimeToKeepAnswer"/> may come on top.
    /// </summary>
    public static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(22);

    /// <summary>The same for the readiness check and the LMS webhook: they hear within 4 s, and an LMS gives up after 5.</summary>
    public static readonly TimeSpan TimeToAnswerSoon = TimeSpan.FromSeconds(3);

    /// <summary>How long it may take to note, when a request is done, what its Idempotency-Key remembers.</summary>
    public static readonly TimeSpan TimeToKeepAnswer = TimeSpan.FromSeconds(2);

    /// <summary>So often a write is tried that others overtake; then the storage counts as overloaded.</summary>
    public const int WriteAttempts = 100;

    /// <summary>Above this many users an award wants <c>confirmUsers</c> (setting <c>Limits__ConfirmAbove</c>; 0 = off).</summary>
    public const int ConfirmAbove = 1_000;

    /// <summary>
    /// So many rows of other parts of a file a part of a thousand takes along, for usernames that go from one row to another: whoever is further behind
    /// in a row of people who take each other's usernames is refused.
    /// </summary>
    public const int RowsTakenAlong = 1_000;

    /// <summary>So many other parts of a file are searched for them at a time: people who exchange usernames are few, or lie close together.</summary>
    public const int PartsSearched = 64;

    public const int PageSize = 200;
    public const int DefaultPageSize = 50;
    public const int JsonBodyBytes = 1024 * 1024;
    public const int JsonDepth = 32;

    /// <summary>A larger file is dropped as a blob: the platform's host may hold a whole request in memory.</summary>
    public const int UploadBytes = 16 * 1024 * 1024;

    /// <summary>How long an address is good under which a larger file can be dropped.</summary>
    public static readonly TimeSpan UploadAddressLife = TimeSpan.FromHours(1);

    public const int ArrayEntries = 10_000;
    public const int NameLength = 255;
    public const int UsernameLength = 255;
    public const int EmailLength = 320;
    public const int TitleLength = 255;
    public const int DescriptionLength = 4_000;
    public const int ReasonLength = 1_000;

    /// <summary>Why a job failed, in words, is cut there: a file may be quoted in it.</summary>
    public const int ErrorDetailLength = 1_000;

    /// <summary>What a result says in words is cut there: the results of a transaction lie in one row.</summary>
    public const int ResultDetailLength = 500;
    public const int CertificationActivities = 100;
    public const int RenewalWindowDays = 36_500;

    /// <summary>Of the subject of a token.</summary>
    public const int SubjectLength = 255;

    /// <summary>Of what an entry of the audit is about: a path with two ids in it at the most.</summary>
    public const int AuditSubjectLength = 512;

    /// <summary>A longer bearer token is refused unread.</summary>
    public const int TokenBytes = 16 * 1024;

    /// <summary>By one caller, on one instance (setting <c>Limits__WritesPerMinute</c>; 0 = off).</summary>
    public const int WritesPerMinute = 6_000;

    public const int IdempotencyKeyLength = 255;
    public static readonly TimeSpan IdempotencyKept = TimeSpan.FromDays(7);
    public const int Branches = 10_000;
    public const int WebhookBodyBytes = 1024 * 1024;
    public const int WebhookElements = 25;
    public const int WebhookMessageIdLength = 255;
    public const int WebhookEventLength = 100;

    /// <summary>How old, or how far ahead of our clock, a webhook's signature may be.</summary>
    public static readonly TimeSpan WebhookTolerance = TimeSpan.FromMinutes(5);

    /// <summary>The largest file that is taken from the drop folder.</summary>
    public const long CsvFileBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>Of an uploaded file, in code points. With the folder and the job it must make the name of a blob.</summary>
    public const int ImportNameLength = 255;

    /// <summary>In characters.</summary>
    public const int CsvFieldLength = 8_192;

    /// <summary>In bytes of UTF-8. What is longer is taken apart line by line, so that a stray quote costs a few rows and not the file.</summary>
    public const int CsvRecordBytes = 1024 * 1024;

    /// <summary>So many rows of a file are read at once, however short they are: memory goes by rows as well as by bytes.</summary>
    public const int CsvRowsPerChunk = 100_000;

    /// <summary>So many rows of a file are compared with each other for <c>duplicate_in_file</c>.</summary>
    public const int CsvRowsRemembered = 1_000_000;
}
