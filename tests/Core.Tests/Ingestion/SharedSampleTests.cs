using CertFunctions.Core.Awarding;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;

namespace CertFunctions.Core.Tests.Ingestion;

/// <summary>The files that the learning platform's own people gave us, where they are at hand.</summary>
public sealed class SharedSampleTests
{
    private readonly FileReading reading = new();

    [Fact]
    public async Task The_samples_awards_are_131_well_formed_rows_and_nine_that_are_wrong_in_one_way_each()
    {
        reading.Users.Add([.. (await ReadAsync("users", "users.csv", ImportKind.Users))
            .OfType<UserTask>().Select(task => Sample.User(task.UserId!.Value, task.Username))]);

        var tasks = await ReadAsync("awards", "awards-2026-11.csv", ImportKind.Awards);

        Assert.Equal(131, tasks.Take(131).OfType<AwardTask>().Count());
        Assert.Equal(
            "user_not_found certification_not_found date_invalid expire_before_issue date_invalid expire_required "
            + "expire_given_but_always_valid username_blank type_invalid",
            string.Join(' ', tasks.Skip(131).Cast<DecidedTask>().Select(task => task.Code)));
    }

    [Theory]
    [InlineData("users", "users.csv", ImportKind.Users, typeof(UserTask), 300)]
    [InlineData("groups", "groups.csv", ImportKind.Groups, typeof(GroupTask), 257)]
    [InlineData("branches", "branches.csv", ImportKind.Branches, typeof(BranchTask), 10)]
    public async Task The_samples_directory_is_well_formed(string folder, string file, ImportKind kind, Type task, int rows)
    {
        var tasks = await ReadAsync(folder, file, kind);

        Assert.Equal(rows, tasks.Count);
        Assert.All(tasks, read => Assert.IsType(task, read));
    }

    private async Task<IReadOnlyList<RunTask>> ReadAsync(string folder, string file, ImportKind kind)
    {
        var path = SharedSamples.Find("imports", folder, file);
        Assert.SkipWhen(path is null, SharedSamples.NotAtHand);
        return await reading.ReadAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), kind);
    }
}
