using System.Text;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Jobs;
using CertFunctions.Testing.Records;

namespace CertFunctions.Core.Tests.Ingestion.FullSync;

/// <summary>Files of users that are the whole directory.</summary>
public sealed class FullSyncTests
{
    private const string Header = "user_id,username,first_name,last_name";
    private const int MayBeMissing = 5;

    private readonly JobWorld world = new(MayBeMissing, importSettings: new ImportSettings(ChunkBytes: 2_000, TimePerCall: TimeSpan.FromSeconds(10)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(MayBeMissing)]
    public async Task Who_is_not_in_the_file_is_deactivated_and_listed(int missing)
    {
        var users = AddUsers(300);

        var (import, deactivation) = await ImportAsync(Rows(users.Skip(missing)));

        Assert.Equal((deactivation.Id, import.Id), (import.Work.FollowedBy, deactivation.Work.Follows));
        Assert.Equal((JobStatus.Completed, missing, new JobCounts(Updated: missing)), (deactivation.Status, deactivation.Total, deactivation.Counts));
        Assert.Equal(users.Take(missing).ToHashSet(), await DeactivatedAsync());
        Assert.Equal(
            users.Take(missing).Select(id => $"{id},name.{id},Ada,Lovelace,,,0,ok,updated,,,").Prepend($"{Header},email,branch_id,active,row_status,outcome,error_code,error_message,original_row").ToHashSet(),
            (await ReportAsync(deactivation)).ToHashSet());
    }

    [Fact]
    public async Task More_than_may_be_missing_unsaid_are_left_as_they_are()
    {
        var users = AddUsers(20);

        var (import, deactivation) = await ImportAsync(Rows(users.Skip(MayBeMissing + 1)));

        Assert.Equal(JobStatus.Completed, import.Status);
        Assert.Equal((JobStatus.Failed, "confirmation_required"), (deactivation.Status, deactivation.Error?.Code));
        Assert.Contains("6 users are not in the file, more than 5", deactivation.Error!.Detail, StringComparison.Ordinal);
        Assert.Empty(await DeactivatedAsync());
    }

    [Theory]
    [InlineData(6, null)]
    [InlineData(5, "confirmation_mismatch")]
    [InlineData(7, "confirmation_mismatch")]
    public async Task As_many_as_are_confirmed_are_deactivated_and_no_other_number(int confirmed, string? error)
    {
        var users = AddUsers(20);

        var (_, deactivation) = await ImportAsync(Rows(users.Skip(6)), options => options with { ConfirmUsers = confirmed });

        Assert.Equal(error, deactivation.Error?.Code);
        Assert.Equal(error is null ? 6 : 0, (await DeactivatedAsync()).Count);
    }

    [Fact]
    public async Task A_row_that_cannot_be_carried_out_names_its_user_all_the_same()
    {
        var users = AddUsers(3);

        var (import, deactivation) = await ImportAsync([$"{users[0]},,Ada,Lovelace", $"{users[1]},name.{users[2]},Ada,Lovelace", $"{users[1]},x,Ada,Lovelace", Row(users[2])]);

        Assert.Equal(4, import.Counts.Failed);
        Assert.Equal((JobStatus.Completed, 0), (deactivation.Status, deactivation.Total));
        Assert.Empty(await DeactivatedAsync());
    }

    [Theory]
    [InlineData("an id with blanks,x,Ada,Lovelace")]
    [InlineData(",x,Ada,Lovelace")]
    [InlineData("u-1,x,Ada")]
    [InlineData("\"u-1,x,Ada,Lovelace")]
    public async Task A_row_that_could_be_about_anyone_keeps_everybody(string row)
    {
        var users = AddUsers(3);

        var (_, deactivation) = await ImportAsync([Row(users[0]), row]);

        Assert.Equal((JobStatus.Failed, "file_incomplete"), (deactivation.Status, deactivation.Error?.Code));
        Assert.Empty(await DeactivatedAsync());
    }

    [Fact]
    public async Task A_file_of_nobody_does_not_mean_everybody()
    {
        AddUsers(3);

        var (import, deactivation) = await ImportAsync([]);

        Assert.Equal((JobStatus.Completed, 0), (import.Status, import.Total));
        Assert.Equal((JobStatus.Failed, "file_incomplete"), (deactivation.Status, deactivation.Error?.Code));
        Assert.Empty(await DeactivatedAsync());
    }

    [Fact]
    public async Task A_file_that_is_refused_as_a_whole_is_followed_by_nothing()
    {
        AddUsers(3);

        var id = await BeginAsync("name\nx\n", options => options);
        await world.DeliverAllAsync();

        Assert.Equal(JobStatus.Failed, (await world.JobAsync(id)).Status);
        Assert.Single((await world.Jobs.ListAsync(JobFilter.All, new PageRequest(10, null), Cancellation)).Items);
    }

    [Fact]
    public async Task Who_came_or_changed_after_the_file_was_taken_stays()
    {
        var users = AddUsers(2);
        var takenAt = TestJob.At;
        world.Time.Advance(TimeSpan.FromHours(1));
        world.Users.Add(Sample.User("new") with { CreatedAt = takenAt.AddSeconds(1), UpdatedAt = takenAt.AddSeconds(1), ChangedAt = takenAt.AddDays(-1) });
        world.Users.Add(Sample.User("old") with { CreatedAt = takenAt.AddSeconds(-1), UpdatedAt = takenAt.AddSeconds(-1) });
        world.Users.Add(Sample.User("heard-of") with { CreatedAt = takenAt.AddDays(-9), UpdatedAt = takenAt.AddDays(-9), ChangedAt = takenAt.AddMinutes(1) });

        var (_, deactivation) = await ImportAsync(Rows(users), options => options with { TakenAt = takenAt });

        Assert.Equal([Sample.Id("old")], await DeactivatedAsync());
        Assert.Equal(new JobCounts(Updated: 1, Skipped: 1), deactivation.Counts);
        Assert.Contains("heard-of,heard-of,Ada,Lovelace,,,1,ok,skipped,changed_since", string.Join('\n', await ReportAsync(deactivation)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_is_as_old_as_its_file()
    {
        var user = Sample.User("u") with { UpdatedAt = TestJob.At, ChangedAt = TestJob.At.AddMinutes(1) };
        world.Users.Add(user);
        world.Time.Advance(TimeSpan.FromHours(1));

        var (import, _) = await ImportAsync(["u,u,Augusta,King"], options => options with { TakenAt = TestJob.At });

        Assert.Equal(new JobCounts(Skipped: 1), import.Counts);
        Assert.Contains("changed_since", (await ReportAsync(import))[1], StringComparison.Ordinal);
        Assert.Equal("Ada", (await world.Users.FindAsync(user.Id, Cancellation))!.FirstName);
    }

    [Fact]
    public async Task Who_is_back_in_a_later_file_is_active_again_unless_deactivated_by_hand()
    {
        var users = AddUsers(4);
        await ImportAsync(Rows(users[1..]));
        await Service.DeactivateAsync(users[1], Precondition.None, By.Hand, Cancellation);
        Assert.Equal(users[..2].ToHashSet(), await DeactivatedAsync());

        await ImportAsync(Rows(users));

        Assert.Equal([users[1]], await DeactivatedAsync());
    }

    [Fact]
    public async Task A_file_that_is_not_the_whole_directory_leaves_everybody_else_alone()
    {
        var users = AddUsers(3);

        var id = await BeginAsync($"{Header}\n{Row(users[0])}\n", _ => ImportOptions.None);
        await world.DeliverAllAsync();

        Assert.Null((await world.JobAsync(id)).Work.FollowedBy);
        Assert.Empty(await DeactivatedAsync());
    }

    private UserService Service => world.Users.Service(world.Branches, world.Awards, new FakeUserArrivals());

    private List<LmsId> AddUsers(int count)
    {
        var ids = Enumerable.Range(0, count).Select(n => Sample.Id($"u-{n}")).ToList();
        world.Users.Add([.. ids.Select(id => Sample.User(id.Value) with { Username = $"name.{id}", CreatedAt = TestJob.At, UpdatedAt = TestJob.At })]);
        return ids;
    }

    private static string Row(LmsId user) => $"{user},name.{user},Ada,Lovelace";

    private static IEnumerable<string> Rows(IEnumerable<LmsId> users) => users.Select(Row);

    private async Task<JobId> BeginAsync(string text, Func<ImportOptions, ImportOptions> say)
    {
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var (id, content) = (JobId.New(world.Clock.Now), Encoding.UTF8.GetBytes(text));
        var file = new ImportFile
        {
            Kind = ImportKind.Users,
            Name = "all.csv",
            Archive = $"users/{id}.csv",
            Length = content.Length,
            OnExisting = OnExisting.KeepNewest,
            Options = say(new ImportOptions { Missing = MissingUsers.Deactivate }),
        };
        world.Files.Archive(file.Archive, content);
        await new ImportService(world.Files, world.Imports, world.Jobs, world.Service, world.Clock).IngestAsync(file, isPlan: false, "lms", id, Cancellation);
        return id;
    }

    private async Task<(Job Import, Job Deactivation)> ImportAsync(IEnumerable<string> rows, Func<ImportOptions, ImportOptions>? say = null)
    {
        var id = await BeginAsync(string.Concat(rows.Prepend(Header).Select(row => row + "\n")), say ?? (options => options));
        await world.DeliverAllAsync();
        var import = await world.JobAsync(id);
        return (import, await world.JobAsync(import.Work.FollowedBy!));
    }

    private async Task<HashSet<LmsId>> DeactivatedAsync() =>
        (await Walk.AllAsync(200, page => world.Users.ListAsync(null, page, Cancellation))).Where(user => !user.Active).Select(user => user.Id).ToHashSet();

    private async Task<string[]> ReportAsync(Job job)
    {
        var file = ((IFileWork)job.Work).File;
        using var report = new StreamReader((await world.Files.FindReportAsync(job.Id, file, Cancellation))!);
        return (await report.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
