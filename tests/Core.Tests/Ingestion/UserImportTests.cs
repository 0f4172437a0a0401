using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Records;

namespace CertFunctions.Core.Tests.Ingestion;

/// <summary>Rows that want the usernames of people in other runs. What is called u-1 has the id u-1.</summary>
public sealed class UserImportTests
{
    private readonly FakeUserStore users = new();
    private readonly FakeManifestStore manifests = new();
    private readonly UserImport import;

    public UserImportTests() =>
        import = new UserImport(users.Service(new FakeBranchStore(), new FakeAwardStore(), new FakeUserArrivals()), manifests);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Each wants the username of the next one, all in runs of their own; the last one wants a free one.</summary>
    [Theory]
    [InlineData(1, null)]
    [InlineData(Limits.RowsTakenAlong, null)]
    [InlineData(Limits.RowsTakenAlong + 1, "username_taken")]
    public async Task A_row_takes_along_whoever_is_in_the_way_up_to_a_limit(int others, string? code)
    {
        var job = await FileAsync([.. Enumerable.Range(0, others + 1).Select(n => Row(n, n == others ? "free" : $"u-{n + 1}"))]);

        Assert.Equal(code, Assert.Single(await PutAsync(job, Row(0, "u-1"))).Code());
        Assert.Equal(code is null ? "u-1" : "u-0", (await users.FindAsync(Sample.Id("u-0"), Cancellation))!.Username);
    }

    /// <summary>As many people as there are other runs, each of whom exchanges the username with one of the other run.</summary>
    [Theory]
    [InlineData(Limits.PartsSearched, 0)]
    [InlineData(Limits.PartsSearched + 1, 1)]
    public async Task So_many_other_parts_are_searched(int parts, int refused)
    {
        var mine = Enumerable.Range(0, parts).Select(n => Row(n, $"u-{parts + n}")).ToArray();
        var job = await FileAsync([.. mine, .. Enumerable.Range(0, parts).Select(n => Row(parts + n, $"u-{n}"))]);

        Assert.Equal(refused, (await PutAsync(job, mine)).Count(outcome => outcome.Code() == "username_taken"));
    }

    [Fact]
    public async Task Who_is_not_in_the_file_keeps_the_username()
    {
        var job = await FileAsync([Row(0, "u-9")]);
        users.Add(Sample.User("u-9"));

        Assert.Equal("username_taken", Assert.Single(await PutAsync(job, Row(0, "u-9"))).Code());
    }

    private static UserTask Row(int number, string username) =>
        new(new UserEdit(username, "Ada", "Lovelace", null, null, null)) { UserId = Sample.Id($"u-{number}"), Username = username };

    /// <summary>A run a row; everybody is called as the id says until then.</summary>
    private async Task<Job> FileAsync(IReadOnlyList<UserTask> rows)
    {
        users.Add([.. rows.Select(row => Sample.User(row.UserId!.Value))]);
        var job = TestJob.Queued(DateTimeOffset.UtcNow);
        var runs = rows.Select((row, run) => new RunTasks(run, Shard.Of(row.UserId!), [row]));
        return job.Resolved(await manifests.WriteAsync(job.Id, runs.ToAsyncEnumerable(), Cancellation), job.CreatedAt);
    }

    private async Task<IEnumerable<Outcome<Change<User>>>> PutAsync(Job job, params UserTask[] rows) =>
        (await import.PutAsync(job, rows, Actor.OfJob(job.Id, "lms", Via.Csv), Cancellation)).Values;
}
