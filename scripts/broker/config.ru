# The real Pact Broker on a throw-away database, behind basic auth. Started by scripts/broker.mjs.
require 'pact_broker'
require 'sequel'

ENV['TZ'] = 'UTC'

broker = PactBroker::App.new do |config|
  config.log_stream = 'stdout'
  config.log_level = :warn
  config.auto_migrate_db = true
  config.seed_example_data = false
  config.database_connection = Sequel.connect(adapter: 'sqlite', database: ENV.fetch('BROKER_DATABASE'), encoding: 'utf8')
end

use Rack::Auth::Basic, 'Pact Broker' do |username, password|
  Rack::Utils.secure_compare(username, ENV.fetch('BROKER_USERNAME')) &
    Rack::Utils.secure_compare(password, ENV.fetch('BROKER_PASSWORD'))
end

run broker
