using System.Globalization;
using System.Text;
using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Ingestion;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Lms;
using CertFunctions.Testing;
using CertFunctions.Testing.Lms;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Tests.Faults.Mixed;

/// <summary>An organisation to which anything may happen in any order: people of three shards, a group, two certifications and a course.</summary>
internal sealed class MixedScene : IAsyncDisposable
{
    private const int RoundsUntilHung = 60;

    private static readonly LmsId[] Users = [.. Seed.IdsIn(Shard.Numbered(1), 60), .. Seed.IdsIn(Shard.Numbered(6), 50), .. Seed.IdsIn(Shard.Numbered(12), 30)];
    private static readonly string[] Codes = ["FIRE-1", "RESCUE"];
    private static readonly string[] Groups = ["g-1"];
    private static readonly string[] OnExisting = ["keepNewest", "overwrite", "skip"];
    private static readonly Activity Course = new(ActivityType.Course, LmsId.Parse("C-101"));

    private readonly SemaphoreSlim delivering = new(1);
    private readonly List<string> wrong = [];

    private MixedScene(World world) => World = world;

    private World World { get; }

    /// <summary>Plays what happens, lets everything come to rest, and says what is wrong then.</summary>
    public static async Task<IReadOnlyList<string>> PlayAsync(IReadOnlyList<Happening> happenings)
    {
        await using var scene = new MixedScene(await World.CreateAsync());
        await scene.SetAsync();
        for (var next = 0; next < happenings.Count;)
        {
            var together = happenings.Skip(next).TakeWhile(one => one.WithNext).Count() + 1;
            scene.World.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAll(happenings.Skip(next).Take(together).Select(scene.HappenAsync));
            next += together;
        }

        await scene.RestAsync();
        return [.. scene.wrong, .. await scene.World.CheckAsync()];
    }

    public ValueTask DisposeAsync()
    {
        delivering.Dispose();
        return World.DisposeAsync();
    }

    private async Task SetAsync()
    {
        Validity.TryCreate(24, ValidityUnit.Months, out var validity);
        await World.Seed.AddUsersAsync(Users);
        await World.Seed.AddGroupAsync("g-1", Users);
        await World.Seed.AddCertificationAsync(Codes[0], certification => certification with { Validity = validity, Activities = [Course] });
        await World.Seed.AddCertificationAsync(Codes[1]);
        await World.Seed.AddCompletionsAsync(Users.Where((_, index) => index % 3 == 0).Select(id => new Completion(id, Course, "Fire", new DateOnly(2026, 11, 20))));
    }

    private async Task HappenAsync(Happening happening)
    {
        var worker = World.StartWorker(happening.Trouble.On);
        var random = new Random(happening.Number);
        try
        {
            await HappenAsync(happening.Kind, worker, random);
        }
        catch (Exception e)
        {
            if (happening.Trouble == Trouble.None)
            {
                lock (wrong)
                {
                    wrong.Add($"{happening}: {e}");
                }
            }
        }
    }

    private async Task HappenAsync(HappeningKind kind, Worker worker, Random random)
    {
        var code = Codes[random.Next(3) / 2];
        switch (kind)
        {
            case HappeningKind.Award or HappeningKind.Plan:
                await worker.PostAsync(CertificationCode.Parse(code), AwardOf(random, kind is HappeningKind.Plan), random.Next(3) == 0 ? $"key-{random.Next(3)}" : null);
                break;
            case HappeningKind.Apply when await JobAsync(random, job => job.IsPlan) is { } plan:
                await worker.ApplyAsync(plan);
                break;
            case HappeningKind.Undo when await JobAsync(random, job => job.IsFinal) is { } undone:
                await worker.UndoAsync(undone, dryRun: random.Next(4) == 0);
                break;
            case HappeningKind.Cancel when await JobAsync(random, job => !job.IsFinal) is { } running:
                await RunAsync(TestRequest.Post("/api/jobs"), request => worker.Get<CancelJob>().Run(request, running.Value, CancellationToken.None));
                break;
            case HappeningKind.Resume when await JobAsync(random, job => job.Status == JobStatus.Cancelled) is { } cancelled:
                await RunAsync(TestRequest.Post("/api/jobs"), request => worker.Get<ResumeJob>().Run(request, cancelled.Value, CancellationToken.None));
                break;
            case HappeningKind.Retry when await JobAsync(random, job => job.Status == JobStatus.CompletedWithErrors) is { } failed:
                await RunAsync(TestRequest.Post("/api/jobs"), request => worker.Get<RetryJob>().Run(request, failed.Value, CancellationToken.None));
                break;
            case HappeningKind.Edit:
                await RunAsync(
                    TestRequest.Patch("/api/award", JsonSerializer.Serialize(new { expiresOn = ExpiryOf(random), reason = "mixed" })),
                    request => worker.Get<EditAward>().Run(request, code, UserOf(random).Value, CancellationToken.None));
                break;
            case HappeningKind.Unassign:
                await RunAsync(TestRequest.Delete("/api/award"), request => worker.Get<UnassignAward>().Run(request, code, UserOf(random).Value, CancellationToken.None));
                break;
            case HappeningKind.Import:
                var file = TestRequest.Of("POST", $"/api/imports?kind=awards&name=f{random.Next(100)}.csv&dryRun={(random.Next(4) == 0 ? "true" : "false")}", FileOf(random), "text/csv");
                await RunAsync(file, request => worker.Get<StartImport>().Run(request, CancellationToken.None));
                break;
            case HappeningKind.Webhook:
                await worker.Get<WebhookService>().ReceiveAsync(Encoding.UTF8.GetBytes(MessageOf(random)), CancellationToken.None);
                break;
            case HappeningKind.Retroactive:
                await RunAsync(
                    TestRequest.Post("/api/retroactive", random.Next(4) == 0 ? """{"dryRun":true}""" : "{}"),
                    request => worker.Get<Functions.Awarding.AwardRetroactively>().Run(request, Codes[0], CancellationToken.None));
                break;
            case HappeningKind.ChangeUser:
                await ChangeUserAsync(worker, random);
                break;
            case HappeningKind.Deliver:
                await DeliverAsync(random.Next(3) == 0 ? [worker, World.StartWorker(), World.StartWorker()] : [worker]);
                break;
            case HappeningKind.Timers:
                World.Time.Advance(TimeSpan.FromMinutes(random.Next(1, 10)));
                await TickAsync(worker);
                break;
        }
    }

    /// <summary>Messages come again, leases run out, what was left half done counts as abandoned, and timers tick until no job is at work any more.</summary>
    private async Task RestAsync()
    {
        World.Time.Advance(IdempotentPosts.Lease + UserFollowUpService.Abandoned + TimeSpan.FromSeconds(1));
        for (var round = 0; ; round++)
        {
            var worker = World.StartWorker();
            await DeliverAsync([worker]);
            await TickAsync(worker);
            await DeliverAsync([worker]);
            if ((await World.JobsAsync()).All(job => job.IsFinal))
            {
                return;
            }

            if (round == RoundsUntilHung)
            {
                wrong.Add("A job never ends.");
                return;
            }

            World.Time.Advance(TimeSpan.FromMinutes(40));
        }
    }

    private static async Task TickAsync(Worker worker)
    {
        await worker.Get<SweepService>().SweepAsync(CancellationToken.None);
        await worker.Get<RepairUsers>().Run(new TimerInfo(), CancellationToken.None);
        await worker.Get<ReplayAllAwaitedDeadLetters>().Run(new TimerInfo(), CancellationToken.None);
    }

    private async Task DeliverAsync(IReadOnlyList<Worker> workers)
    {
        await delivering.WaitAsync();
        try
        {
            await (workers.Count == 1 ? World.Queues.RunToEndAsync(workers[0]) : World.Queues.RunToEndAsync(workers));
        }
        finally
        {
            delivering.Release();
        }
    }

    private static async Task ChangeUserAsync(Worker worker, Random random)
    {
        var (users, id) = (worker.Get<UserService>(), UserOf(random));
        if (random.Next(2) == 0)
        {
            await users.DeactivateAsync(id, Precondition.None, By.Hand, CancellationToken.None);
            return;
        }

        var username = random.Next(2) == 0 ? Seed.UsernameOf(id) : $"{Seed.UsernameOf(id)}-{random.Next(3)}";
        await users.PutAsync(id, new UserEdit(username, "Ada", "King", null, null, true), Precondition.None, at: null, By.Hand, CancellationToken.None);
    }

    private async Task<JobId?> JobAsync(Random random, Func<Job, bool> isMeant)
    {
        // Oldest first, so that the number of a job does not move as more are made.
        var jobs = (await World.JobsAsync()).Reverse().Where(isMeant).ToList();
        return jobs.Count == 0 ? null : jobs[random.Next(jobs.Count)].Id;
    }

    private static async Task RunAsync(HttpRequest request, Func<HttpRequest, Task<IResult>> run)
    {
        var answer = await TestAnswer.Of(await run(request));
        if (answer.Status >= 500)
        {
            throw new InvalidOperationException($"{answer.Status} {answer.Body}");
        }
    }

    private static LmsId UserOf(Random random) => Users[random.Next(Users.Length)];

    private static string ExpiryOf(Random random) => new DateOnly(2027, 1, 1).AddMonths(random.Next(36)).ToString("O", CultureInfo.InvariantCulture);

    private static string IssueOf(Random random) => new DateOnly(2026, 11, 1).AddDays(random.Next(24)).ToString("O", CultureInfo.InvariantCulture);

    private static string AwardOf(Random random, bool isPlan)
    {
        var isGroup = random.Next(3) == 0;
        return JsonSerializer.Serialize(new
        {
            users = isGroup ? [] : Enumerable.Range(0, random.Next(1, 130)).Select(_ => UserOf(random).Value).Append(random.Next(5) == 0 ? "nobody" : Users[0].Value),
            groups = isGroup ? Groups : [],
            issuedOn = IssueOf(random),
            expiresOn = ExpiryOf(random),
            onExisting = OnExisting[random.Next(3)],
            dryRun = isPlan,
        });
    }

    private static byte[] FileOf(Random random)
    {
        var rows = Enumerable.Range(0, random.Next(1, 120)).Select(_ =>
            $"{(random.Next(20) == 0 ? "nobody" : Seed.UsernameOf(UserOf(random)))},{Codes[random.Next(2)]},{IssueOf(random)},0,manual,{(random.Next(20) == 0 ? "never" : ExpiryOf(random))}");
        return Encoding.UTF8.GetBytes(Ingestion.ImportScene.FileOf(rows));
    }

    private static string MessageOf(Random random)
    {
        var (number, id) = (random.Next(1_000), UserOf(random));
        return random.Next(4) switch
        {
            0 => LmsMessage.Of($"m-{number}-gone", "user.deleted", $$"""{"fired_at":"2026-11-24 11:00:00","user_id":"{{id}}"}"""),
            1 => LmsMessage.Of($"m-{number}-name", "user.updated", $$"""{"fired_at":"2026-11-24 10:30:00","user_id":"{{id}}","last_name":"Name {{number}}"}"""),
            _ => LmsMessage.Of($"m-{number}-done", "course.enrollment.completed", LmsMessage.Course(id.Value, "C-101", $"2026-11-{random.Next(1, 24):d2} 09:00:00")),
        };
    }
}
