using System.Text;
using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Ingestion;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Tests.Faults;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Ingestion;

public sealed class StartImportTests
{
    private static readonly byte[] NoRows = Encoding.UTF8.GetBytes(ImportScene.FileOf());

    [Fact]
    public async Task Answers_with_the_job_whose_file_goes_the_way_of_a_dropped_one()
    {
        await using var scene = await ImportScene.SetAsync(users: 2);

        var answer = await PostAsync(scene, "?kind=awards", Encoding.UTF8.GetBytes(ImportScene.FileOf(scene.Users.Select(user => ImportScene.Row(user)))));
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        var job = Assert.Single(await scene.World.JobsAsync());
        Assert.Equal((202, $"/api/jobs/{job.Id}"), (answer.Status, answer.Headers.Location.ToString()));
        Assert.Equal((JobStatus.Completed, 2, "local-developer"), (job.Status, job.Counts.Awarded, job.RequestedBy));
        Assert.Equal("awards/upload.csv", answer.Json.GetProperty("file").GetString());
        Assert.Empty(await scene.NamesInAsync(StorageNames.Containers.Imports));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task Shows_the_name_of_the_file_in_job_history_and_report()
    {
        await using var scene = await ImportScene.SetAsync(users: 1);

        var answer = await PostAsync(scene, "?kind=awards&name=%20first%20aid%20%C3%A9.csv%C2%A0", Encoding.UTF8.GetBytes(ImportScene.FileOf(ImportScene.Row(scene.Users[0]))));
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        var job = Assert.Single(await scene.World.JobsAsync());
        Assert.Equal("awards/first aid \u00E9.csv", answer.Json.GetProperty("file").GetString());
        var award = await scene.World.StartWorker().Get<Core.Awards.IAwardStore>().FindAsync(scene.Code, scene.Users[0], CancellationToken.None);
        Assert.Equal(new Core.Audit.Origin(job.Id, "awards/first aid \u00E9.csv", 2), award!.Award.Change.Origin);
        Assert.Equal([$"awards/first aid \u00E9.{job.Id}.csv"], await scene.NamesInAsync(StorageNames.Containers.ImportReports));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task A_planned_file_awards_nobody_before_its_plan_is_applied_and_its_report_says_what_would_come_of_each_row()
    {
        await using var scene = await ImportScene.SetAsync(users: 2);
        var later = $"{Seed.UsernameOf(scene.Users[0])},FIRE-1,2026-11-03,0,manual,2029-11-03";
        var file = ImportScene.FileOf([.. scene.Users.Select(user => ImportScene.Row(user)), "nobody,FIRE-1,2026-11-02,0,manual,2028-11-02", later]);

        await PostAsync(scene, "?kind=awards&dryRun=true", Encoding.UTF8.GetBytes(file));
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        var plan = Assert.Single(await scene.World.JobsAsync());
        var planned = (await scene.ReportAsync(plan)).Skip(1).Select(row => $"{row[6]} {row[7]}");

        Assert.Equal((JobKind.Plan, new JobCounts(Awarded: 2, Renewed: 1, Failed: 1)), (plan.Kind, plan.Counts));
        Assert.Equal(["planned awarded", "planned awarded", "error failed", "planned renewed"], planned);
        Assert.Empty(await scene.World.HoldersAsync(scene.Code));

        await scene.World.StartWorker().ApplyAsync(plan.Id);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        var job = (await scene.World.JobsAsync()).Single(job => job.PlanId is not null);
        var report = (await scene.ReportAsync(job)).Skip(1).Select(row => $"{row[6]} {row[7]}");

        Assert.Equal((JobKind.Import, plan.Counts), (job.Kind, job.Counts));
        Assert.Equal(["ok awarded", "ok awarded", "error failed", "ok renewed"], report);
        Assert.Equal(2, (await scene.World.HoldersAsync(scene.Code)).Count);
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Theory]
    [InlineData(Limits.ImportNameLength, 202)]
    [InlineData(Limits.ImportNameLength + 1, 400)]
    public async Task A_name_has_a_limit(int length, int status)
    {
        await using var scene = await ImportScene.SetAsync(users: 0);

        Assert.Equal(status, (await PostAsync(scene, $"?kind=awards&name={string.Concat(Enumerable.Repeat("%F0%9F%98%80", length))}", NoRows)).Status);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        Assert.All(await scene.World.JobsAsync(), job => Assert.Equal(JobStatus.Completed, job.Status));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%20%C2%A0")]
    [InlineData("..")]
    [InlineData("..%2Fusers%2Fx.csv")]
    [InlineData("a%5Cb.csv")]
    [InlineData("a%0Ab.csv")]
    public async Task A_name_is_no_path_and_not_blank(string name)
    {
        await using var scene = await ImportScene.SetAsync(users: 0);

        Assert.Equal(400, (await PostAsync(scene, $"?kind=awards&name={name}", NoRows)).Status);
    }

    [Fact]
    public async Task Takes_separator_charset_and_what_to_do_with_awards_that_are_there()
    {
        await using var scene = await ImportScene.SetAsync(users: 1);
        await scene.ImportAsync("awards/first.csv", ImportScene.FileOf(ImportScene.Row(scene.Users[0])));
        var text = ImportScene.FileOf(ImportScene.Row(scene.Users[0], "2027-01-01")).Replace(',', '|') + "caf\u00e9";

        await PostAsync(scene, "?kind=awards&separator=%7C&charset=windows-1252&onExisting=overwrite", Encoding.Latin1.GetBytes(text));
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        var job = (await scene.World.JobsAsync()).Single(job => job.RequestedBy != "csv-drop");
        var file = ImportScene.FileOf(job);
        Assert.Equal(('|', "windows-1252", OnExisting.Overwrite), (file.Separator, file.Charset, file.OnExisting));
        Assert.Equal(new JobCounts(Updated: 1, Failed: 1), job.Counts);
    }

    [Fact]
    public async Task Reads_and_reports_in_the_charset_that_is_named()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);
        // What windows-1252 has and ISO 8859-1 has not: the euro, 0x80.
        byte[] Windows(string text) => [.. text.Select(letter => letter == '\u20AC' ? (byte)0x80 : (byte)letter)];
        var file = "user_id,username,first_name,last_name\n1,zoe,Zo\u00EB,\u20ACuro\n";

        await PostAsync(scene, "?kind=users&charset=windows-1252", Windows(file));
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        var user = await scene.UserAsync("1");
        Assert.Equal(("Zo\u00EB", "\u20ACuro"), (user.FirstName, user.LastName));
        Assert.Equal(
            Windows("user_id,username,first_name,last_name,row_status,outcome,error_code,error_message,original_row\n1,zoe,Zo\u00EB,\u20ACuro,ok,updated,,,\n"),
            await scene.ReportBytesAsync(Assert.Single(await scene.World.JobsAsync())));
    }

    [Fact]
    public async Task The_charset_of_the_content_type_counts_where_the_query_names_none()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);

        await PostAsync(scene, "?kind=users", NoRows, "text/csv; charset=windows-1252");

        Assert.Equal("windows-1252", ImportScene.FileOf(Assert.Single(await scene.World.JobsAsync())).Charset);
    }

    [Theory]
    [InlineData("", "kind")]
    [InlineData("?kind=people", "kind")]
    [InlineData("?kind=Awards", "kind")]
    [InlineData("?kind=awards&separator=ab", "separator")]
    [InlineData("?kind=awards&charset=klingon", "charset")]
    [InlineData("?kind=awards&onExisting=maybe", "onExisting")]
    [InlineData("?kind=users&dryRun=true", "dryRun")]
    [InlineData("?kind=users&missing=delete", "missing")]
    [InlineData("?kind=groups&missing=deactivate", "missing")]
    [InlineData("?kind=users&takenAt=2026-11-24", "takenAt")]
    [InlineData("?kind=users&takenAt=2026-11-25T10:00:00Z", "takenAt")]
    [InlineData("?kind=awards&takenAt=2026-11-23T10:00:00Z", "takenAt")]
    [InlineData("?kind=users&missing=deactivate&confirmUsers=-1", "confirmUsers")]
    [InlineData("?kind=users&confirmUsers=1", "confirmUsers")]
    [InlineData("?kind=awards&nope=1", "nope")]
    public async Task Refuses_what_it_does_not_know(string query, string blamed)
    {
        await using var scene = await ImportScene.SetAsync(users: 0);

        var answer = await PostAsync(scene, query, NoRows);

        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Code));
        Assert.Equal([blamed], answer.ErrorPaths);
        Assert.Empty(await scene.NamesInAsync(StorageNames.Containers.ImportsArchive));
    }

    [Fact]
    public async Task A_file_that_is_the_whole_directory_is_followed_by_the_job_that_deactivates_the_others()
    {
        await using var scene = await ImportScene.SetAsync(users: 4);
        var (there, missing) = (scene.Users[0], scene.Users.Skip(1).ToHashSet());

        var answer = await PostAsync(
            scene, "?kind=users&missing=deactivate&takenAt=2026-11-24T10:00:00Z&confirmUsers=3", Encoding.UTF8.GetBytes($"user_id,username,first_name,last_name\n{there},x,Ada,King\n"));
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        var jobs = (await scene.World.JobsAsync()).ToDictionary(job => job.Work.Follows is not null);
        var (deactivation, import) = (jobs[true], jobs[false]);
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("followedBy").ValueKind);
        Assert.Equal((deactivation.Id.Value, null), await LinksAsync(import));
        Assert.Equal((null, import.Id.Value), await LinksAsync(deactivation));
        Assert.Equal(new JobCounts(Updated: 3), deactivation.Counts);
        Assert.Equal(missing.Select(id => (string?)id.Value).ToHashSet(), (await ReportAsync(deactivation)).Skip(1).Select(row => row.Split(',')[0]).ToHashSet<string?>());
        Assert.Empty(await scene.World.CheckAsync());

        async Task<(string?, string?)> LinksAsync(Job job)
        {
            var shown = (await TestAnswer.Of(await scene.World.StartWorker().Get<GetJob>().Run(TestRequest.Get($"/api/jobs/{job.Id}"), job.Id.Value, CancellationToken.None))).Json;
            return (shown.GetProperty("followedBy").GetString(), shown.GetProperty("follows").GetString());
        }

        async Task<string[]> ReportAsync(Job job)
        {
            var request = TestRequest.Get($"/api/jobs/{job.Id}/report");
            var shown = await TestAnswer.Of(await scene.World.StartWorker().Get<GetJobReport>().Run(request, job.Id.Value, CancellationToken.None));
            return shown.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("text/csv; charset=klingon")]
    public async Task Refuses_another_type(string? contentType)
    {
        await using var scene = await ImportScene.SetAsync(users: 0);

        Assert.Equal(415, (await PostAsync(scene, "?kind=awards", NoRows, contentType)).Status);
    }

    [Theory]
    [InlineData(0, 202)]
    [InlineData(1, 413)]
    public async Task Takes_a_file_of_16_MiB_and_no_byte_more(int more, int status)
    {
        await using var scene = await ImportScene.SetAsync(users: 0);

        var answer = await PostAsync(scene, "?kind=awards", new byte[Limits.UploadBytes + more]);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 202 ? 1 : 0, (await scene.NamesInAsync(StorageNames.Containers.ImportsArchive)).Count);
    }

    [Fact]
    public async Task The_same_key_is_the_same_job_and_another_file_under_it_is_refused()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);

        var first = await PostAsync(scene, "?kind=awards", NoRows, key: "november");
        var second = await PostAsync(scene, "?kind=awards", NoRows, key: "november");
        var other = await PostAsync(scene, "?kind=awards", [.. NoRows, .. NoRows], key: "november");

        Assert.Equal(first.Body, second.Body);
        Assert.Equal((422, "idempotency_key_reused"), (other.Status, other.Code));
        var job = Assert.Single(await scene.World.JobsAsync());
        Assert.Equal([ImportScene.FileOf(job).Archive], await scene.NamesInAsync(StorageNames.Containers.ImportsArchive));
    }

    private static async Task<TestAnswer> PostAsync(ImportScene scene, string query, byte[] body, string? contentType = "text/csv", string? key = null)
    {
        var request = TestRequest.Of("POST", $"/api/imports{query}", body, contentType);
        return await TestAnswer.Of(await scene.World.StartWorker().Get<StartImport>()
            .Run(key is null ? request : request.With("Idempotency-Key", key), CancellationToken.None));
    }
}
