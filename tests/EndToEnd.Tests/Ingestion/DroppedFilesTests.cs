using System.Text;
using CertFunctions.EndToEnd.Tests.Awarding;
using CertFunctions.Functions.Storage;
using CertFunctions.Operations.Checking;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.EndToEnd.Tests.Ingestion;

/// <summary>Files that are dropped into the storage of the running app, found by its own trigger.</summary>
public sealed class DroppedFilesTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const int Rows = 3_000;
    private const string Header = "username,certification_code,certification_issue_date,always_valid,type,certification_expire_date\n";

    private readonly Drop drop = new(app.Lms, app.Storage);

    [Fact]
    public async Task A_whole_organisation_and_its_awards_come_from_four_files()
    {
        await app.Lms.PutAsync("api/certifications/DROP", new { title = "From a file" });

        await drop.ImportAsync("branches/b.csv", BinaryData.FromString("branch_id,name,parent_id\nleaf,Leaf,root\nroot,Root,\n"));
        await drop.ImportAsync("users/u.csv", BinaryData.FromString(
            "user_id,username,first_name,last_name,email,branch_id,active\nd1,drop.ada,Ada,Müller,,leaf,1\nd2,drop.bob,Bob,佐藤,,root,0\n"));
        await drop.ImportAsync("groups/g.csv", BinaryData.FromString("group_id,group_name,user_id\ndrop,Drop,d1\n"));
        var job = await drop.ImportAsync("awards/a.csv", BinaryData.FromString(
            $"{Header}drop.ada,DROP,2026-11-02,0,manual,2028-11-02\nDROP.BOB,DROP,2026-11-02,0,manual,2028-11-02\ndrop.ada,drop,2026-11-02,1,manual,\n"));

        Assert.Equal("completedWithErrors", job.GetProperty("status").GetString());
        Assert.Equal((1, 2), (job.GetProperty("awarded").GetInt32(), job.GetProperty("failed").GetInt32()));
        var report = await app.Host.Client.GetStringAsync($"api/jobs/{job.GetProperty("id").GetString()}/report");
        Assert.Equal(
            ["row_status", "ok,awarded", "error,failed,user_deactivated", "error,failed,duplicate_in_file"],
            report.TrimEnd().Split('\n').Select((row, index) => string.Join(',', row.Split(',')[6..(index == 0 ? 7 : index == 1 ? 8 : 9)])));
        Assert.Equal("Müller", (await app.Lms.GetAsync("api/certifications/DROP/awards/d1")).GetProperty("lastName").GetString());
        Assert.Equal(1, await app.Lms.AwardedToAsync("DROP"));
        Assert.Empty(await app.Storage.Container(StorageNames.Containers.Imports).GetBlobsAsync().ToListAsync());
        Assert.Empty(await StoreCheck.RunAsync(app.Storage));
    }

    [Fact]
    public async Task A_file_in_whose_middle_the_worker_is_killed_is_done_exactly()
    {
        var people = Seed.Ids(Rows, "file-");
        await app.Seed.AddUsersAsync(people);
        await app.Lms.PutAsync("api/certifications/KILL-FILE", new { title = "Survives" });
        var file = new StringBuilder(Header);
        foreach (var user in people)
        {
            file.Append(Seed.UsernameOf(user)).Append(",KILL-FILE,2026-11-02,1,manual,\n");
        }

        var id = await drop.DropAsync("awards/kill.csv", BinaryData.FromString(file.ToString()));
        var killed = new List<int>();
        var job = await app.Lms.UntilFinalAsync(id, onProgress: now =>
        {
            if (killed.Count == 0 && now.GetProperty("processed").GetInt32() is > 0 and < Rows)
            {
                killed.Add(now.GetProperty("processed").GetInt32());
                app.Host.KillWorker();
            }

            return Task.CompletedTask;
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"Killed at {string.Join(' ', killed)} of {Rows}.");
        Assert.Single(killed);
        Assert.Equal(("completed", Rows), (job.GetProperty("status").GetString(), job.GetProperty("awarded").GetInt32()));
        Assert.Equal(Rows, await app.Lms.AwardedToAsync("KILL-FILE"));
        Assert.Empty(await StoreCheck.RunAsync(app.Storage));
    }
}
