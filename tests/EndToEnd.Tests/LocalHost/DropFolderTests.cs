using CertFunctions.EndToEnd.Tests.Awarding;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.LocalHost;

public sealed class DropFolderTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_file_that_is_written_with_pauses_is_taken_whole_and_one_in_no_folder_of_ours_is_told()
    {
        var data = TestFolders.New("host");
        await using var host = await HostProcess.StartAsync(
            new HostProcessOptions { HostOwnsStorage = true, DataFolder = data }, TestContext.Current.CancellationToken);
        var lms = new LmsClient(host.Client);
        var file = Path.Combine(data, "drop", "users", "new", "slow.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(Path.Combine(data, "drop", "lost.csv"), "x", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, "user_id,username,first_name,last_name\nu-1,ada,Ada,L\n", TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(file, "u-2,bob,Bob,B\n", TestContext.Current.CancellationToken);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while ((await lms.ListAsync("api/jobs?kind=import&status=completed")).Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }

        Assert.Equal(2, Assert.Single(await lms.ListAsync("api/jobs?kind=import")).GetProperty("total").GetInt32());
        Assert.Equal("bob", (await lms.GetAsync("api/users/u-2")).GetProperty("username").GetString());
        Assert.False(File.Exists(file));
        Assert.Contains("awards/, branches/, groups/, users/", await host.UntilLoggedAsync("lost.csv lies in no folder", limit.Token), StringComparison.Ordinal);
        Assert.Single(host.Log, line => line.Contains("lost.csv", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_copied_into_the_folder_is_ingested_and_leaves_it()
    {
        var data = TestFolders.New("host");
        await using var host = await HostProcess.StartAsync(
            new HostProcessOptions { HostOwnsStorage = true, DataFolder = data }, TestContext.Current.CancellationToken);
        var lms = new LmsClient(host.Client);
        var file = Path.Combine(data, "drop", "branches", "b.csv");

        await File.WriteAllTextAsync(file, "branch_id,name,parent_id\nroot,Root,\n", TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while ((await lms.ListAsync("api/jobs?kind=import&status=completed")).Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }

        Assert.Equal("Root", (await lms.GetAsync("api/branches/root")).GetProperty("name").GetString());
        Assert.False(File.Exists(file));
        Assert.StartsWith("DefaultEndpointsProtocol=", await File.ReadAllTextAsync(Path.Combine(data, "connection-string"), limit.Token), StringComparison.Ordinal);
    }
}
