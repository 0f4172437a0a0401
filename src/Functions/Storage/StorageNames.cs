using System.Reflection;

namespace CertFunctions.Functions.Storage;

/// <summary>Every table, queue and container. A constant added here is created locally, see <see cref="LocalStorage"/>.</summary>
public static class StorageNames
{
    /// <summary>The setting that holds the connection; what every trigger names.</summary>
    public const string Connection = "CertStorage";

    public static class Tables
    {
        public const string Audit = "Audit";
        public const string Awards = "Awards";
        public const string Certifications = "Certifications";
        public const string Directory = "Directory";
        public const string Idempotency = "Idempotency";
        public const string Imports = "Imports";
        public const string Jobs = "Jobs";
        public const string Members = "Members";
        public const string Settings = "Settings";
        public const string Users = "Users";
        public const string Webhooks = "Webhooks";
    }

    public static class Queues
    {
        /// <summary>Nothing works on it: the readiness check sends there and deletes.</summary>
        public const string Health = "health";
        public const string JobRuns = "job-runs";
        public const string JobRunsPoison = "job-runs-poison";

        /// <summary>Runs of small jobs, which so wait for none of a large one.</summary>
        public const string SmallJobRuns = "small-job-runs";
        public const string SmallJobRunsPoison = "small-job-runs-poison";
        public const string JobSteps = "job-steps";
        public const string JobStepsPoison = "job-steps-poison";
        public const string WebhookMessages = "webhook-messages";
        public const string WebhookMessagesPoison = "webhook-messages-poison";
    }

    public static class Containers
    {
        public const string Health = "health";

        /// <summary>Where files are dropped.</summary>
        public const string Imports = "imports";

        /// <summary>Where dropped files go when they are ingested.</summary>
        public const string ImportsArchive = "imports-archive";

        public const string ImportReports = "import-reports";
        public const string Jobs = "jobs";
        public const string Webhooks = "webhooks";
    }

    /// <summary>Where the host puts a message that failed too often, and our own function gives it up.</summary>
    public static bool IsPoison(string queue) => queue.EndsWith("-poison", StringComparison.Ordinal);

    public static IReadOnlyList<string> In(Type group) =>
        group.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToArray();
}
